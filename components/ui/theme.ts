export type ThemeChoice = 'system' | 'light' | 'dark';
export type ShownTheme = 'light' | 'dark';

export const themeStorageKey = 'belowdeck-theme';
/** Sent on `window` when the choice changes in this page; other pages hear of it by `storage`. */
export const themeEvent = 'belowdeck-theme';

/**
 * Runs in the head before anything is painted, so that the right theme shows at once, and keeps following the
 * system's and other tabs' choice. Storage may be forbidden: then the system decides.
 */
export const themeScript = `(()=>{
const d=document.documentElement,m=matchMedia('(prefers-color-scheme: dark)');
const apply=()=>{let c;try{c=localStorage.getItem('${themeStorageKey}')}catch{}
d.dataset.theme=c==='light'||c==='dark'?c:m.matches?'dark':'light'};
apply();m.addEventListener('change',apply);addEventListener('storage',apply);addEventListener('${themeEvent}',apply)})()`;
