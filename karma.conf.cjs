// The same specs as in Node (test/jasmine.json), in real browsers: Chromium, and Firefox with --browsers Firefox.
const {execFileSync} = require('node:child_process');
const {mkdirSync} = require('node:fs');
const path = require('node:path');

const find = (browser) =>
  execFileSync('bash', ['scripts/find_browser.sh', browser], {cwd: __dirname}).toString().trim();
process.env.CHROME_BIN = find('chromium');
process.env.FIREFOX_BIN = find('firefox');

// karma-esbuild bundles into the temporary folder and fails where the project lies under it.
process.env.TMPDIR = path.join(__dirname, '.cache', 'karma');
mkdirSync(process.env.TMPDIR, {recursive: true});

module.exports = (config) => {
  config.set({
    frameworks: ['jasmine'],
    plugins: ['karma-jasmine', 'karma-chrome-launcher', 'karma-firefox-launcher', 'karma-esbuild']
      .map(require)
      .concat([{'reporter:summary': ['type', require('./test/helpers/karma_summary.cjs')]}]),
    files: ['test/helpers/setup.ts', 'test/**/*_test.ts'],
    exclude: ['test/node/**'], // These need the file system.
    preprocessors: {'test/**/*.ts': ['esbuild']},
    esbuild: {
      ignoreAnnotations: true,
      target: 'es2020',
      sourcemap: 'inline',
      keepNames: true, // Programs are counted by their names.
      mainFields: ['module', 'main'],
    },
    reporters: ['dots', 'summary'],
    browsers: ['Chromium'],
    customLaunchers: {
      Firefox: {base: 'FirefoxHeadless'},
      Chromium: {
        base: 'ChromeHeadless',
        flags: [
          // Chromium refuses to run as root with its sandbox.
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      },
    },
    hostname: '127.0.0.1',
    listenAddress: '127.0.0.1',
    // A spec may keep the page busy for longer than the runner waits for a sign of life.
    browserNoActivityTimeout: 300_000,
    pingTimeout: 300_000,
    client: {jasmine: {random: false}},
  });
};
