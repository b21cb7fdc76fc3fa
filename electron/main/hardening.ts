import { app, type Session, type WebContents } from 'electron';
import { PAGE_ORIGIN } from './contentPolicy.ts';
import { isInspectable } from './driver.ts';

/** Blobs are made by our own page (labels, exports); everything else has to come from the program's folder. */
const isOurs = (url: string) => url.startsWith(`${PAGE_ORIGIN}/`) || url.startsWith(`blob:${PAGE_ORIGIN}/`);

/** Must run before the app is ready. */
export function hardenProgram(): void {
  // Every page gets the sandbox from its window; this extends it to pages nobody has planned. As root (in tests) Chromium
  // runs with --no-sandbox only, and the two together keep its helpers from starting.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // Chromium's own services have nobody to talk to, and no name is ever looked up.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('disable-domain-reliability');
  app.commandLine.appendSwitch('no-pings');
  // A debugging port would be a door around all of this. Only the e2e flavour may have one.
  if (!isInspectable()) {
    for (const name of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(name);
  }
  app.on('session-created', hardenSession);
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
}

function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false); // its dictionaries would come from the network
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOurs(url) }));
  session.on('will-download', (event) => event.preventDefault());
  void session.setProxy({ mode: 'direct' });
}

/** The page is one document: it goes nowhere and opens nothing. */
function hardenContents(contents: WebContents): void {
  const refuse = (event: { preventDefault(): void }) => event.preventDefault();
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
