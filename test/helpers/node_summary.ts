/** Ends a run in Node with one plain line, as test/helpers/karma_summary.js does in the browser. */
let passed = 0;
let failed = 0;
let skipped = 0;

jasmine.getEnv().addReporter({
  specDone({status}) {
    if (status === 'passed') passed++;
    else if (status === 'failed') failed++;
    else skipped++;
  },
  jasmineDone() {
    console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  },
});
