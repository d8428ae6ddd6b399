/** A karma launcher for WebKit: MiniBrowser opens the address on its command line. */
export default function WebKitLauncher(baseBrowserDecorator) {
  baseBrowserDecorator(this);
}

WebKitLauncher.prototype = {name: 'WebKit', DEFAULT_CMD: {}, ENV_CMD: 'WEBKIT_BIN'};
WebKitLauncher.$inject = ['baseBrowserDecorator'];
