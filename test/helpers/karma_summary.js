/** Ends the browser's run with the same line as the run in Node. */
export default function SummaryReporter() {
  this.onRunComplete = (_, {success, failed, skipped}) => {
    process.stdout.write(`\n${success} passed, ${failed} failed, ${skipped} skipped\n`);
  };
}
