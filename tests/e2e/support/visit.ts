import type { RunningApp } from './app.ts';
import type { Scene } from './scenes.ts';

/** Shows a scene, all that it does included, and gives it a moment to settle. */
export async function visit(app: RunningApp, { hash, ready, act }: Scene): Promise<void> {
  await app.page.evaluate((address) => {
    window.location.hash = address;
  }, hash);
  await app.page.getByText(ready).first().waitFor();
  await act?.(app);
  await app.page.waitForTimeout(250);
}

export async function show({ page, electronApp }: RunningApp, width: number, height: number, colorScheme: 'light' | 'dark'): Promise<void> {
  await electronApp.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), {
    width,
    height,
  });
  await page.emulateMedia({ colorScheme });
}
