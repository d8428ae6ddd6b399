// The same specs as in Node (test/jasmine.json), in real browsers: Chromium, or another with
// --browsers NAME.
import {execFileSync} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import path from 'node:path';

import chromeLauncher from 'karma-chrome-launcher';
import esbuild from 'karma-esbuild';
import firefoxLauncher from 'karma-firefox-launcher';
import jasmine from 'karma-jasmine';

import {descriptions} from './test/backends/index';
import SummaryReporter from './test/helpers/karma_summary.js';
import WebKitLauncher from './test/helpers/karma_webkit.js';

const root = import.meta.dirname;
const find = (browser) =>
  execFileSync('bash', ['scripts/find_browser.sh', browser], {cwd: root}).toString().trim();
process.env.CHROME_BIN = find('chromium');
process.env.FIREFOX_BIN = find('firefox');
process.env.WEBKIT_BIN = find('webkit');
// Safari has shared memory in an isolated page. WebKitGTK has it where its engine is told so.
process.env.JSC_useSharedArrayBuffer = '1';

// karma-esbuild bundles into the temporary folder and fails where the project lies under it.
process.env.TMPDIR = path.join(root, '.cache', 'karma');
mkdirSync(process.env.TMPDIR, {recursive: true});

const backends = [...descriptions.values()];

/**
 * Firefox and WebKit run the kernels alone: their JavaScript engines and shader compilers differ.
 */
const specsOf = (browser) =>
  browser === 'Firefox' || browser === 'WebKit'
    ? 'test/{browser,gradients,kernels,ops}/**/*_test.ts'
    : 'test/**/*_test.ts';

export default (config) => {
  config.set({
    frameworks: ['jasmine'],
    plugins: [
      jasmine,
      chromeLauncher,
      firefoxLauncher,
      esbuild,
      {'launcher:WebKit': ['type', WebKitLauncher]},
      {'reporter:summary': ['type', SummaryReporter]},
    ],
    files: [
      'test/helpers/setup.ts',
      specsOf(config.browsers?.[0]),
      ...backends
        .flatMap(({servedFiles}) => servedFiles ?? [])
        .map((pattern) => ({pattern, included: false})),
    ],
    exclude: ['test/node/**'], // These need the file system.
    preprocessors: {'test/**/*.ts': ['esbuild']},
    esbuild: {
      ignoreAnnotations: true,
      target: 'es2020',
      sourcemap: 'inline',
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
          ...backends.flatMap(({chromiumFlags}) => chromiumFlags ?? []),
        ],
      },
    },
    // Isolated from other origins, as a page must be for threads.
    customHeaders: [
      {match: '.*', name: 'Cross-Origin-Opener-Policy', value: 'same-origin'},
      {match: '.*', name: 'Cross-Origin-Embedder-Policy', value: 'require-corp'},
    ],
    hostname: '127.0.0.1',
    listenAddress: '127.0.0.1',
    // A spec may keep the page busy for longer than the runner waits for a sign of life.
    browserNoActivityTimeout: 300_000,
    pingTimeout: 300_000,
    client: {jasmine: {random: false}},
  });
};
