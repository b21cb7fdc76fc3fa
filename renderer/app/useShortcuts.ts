import { useEffect } from 'react';
import { railScreens, shortcutOf } from './railScreens.ts';
import { go, to } from './router.ts';

/** Ctrl K goes to the command box, Alt with a number to a screen of the rail, Alt with an arrow back and forth. */
function answerKey(event: KeyboardEvent): void {
  if (event.ctrlKey && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    document.getElementById(commandBoxId)?.focus();
    return;
  }
  if (!event.altKey || event.ctrlKey) return;
  const screen = railScreens.find((_screen, index) => shortcutOf(index) === event.key);
  if (screen) {
    event.preventDefault();
    go(to.screen(screen.screen));
  } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    event.preventDefault();
    if ((event.key === 'ArrowLeft') !== (document.documentElement.dir === 'rtl')) window.history.back();
    else window.history.forward();
  }
}

export const commandBoxId = 'command-box';

export function useShortcuts(): void {
  useEffect(() => {
    window.addEventListener('keydown', answerKey);
    return () => window.removeEventListener('keydown', answerKey);
  }, []);
}
