import localFont from 'next/font/local';

// Preloaded, with metrics matched in the fallback so that nothing jumps. The same packages' style sheets, imported in
// globals.css, add the other alphabets under unicode-range: they load only where a name needs them.
export const archivo = localFont({
  src: '../node_modules/@fontsource-variable/archivo/files/archivo-latin-wdth-normal.woff2',
  variable: '--font-archivo',
  weight: '100 900',
  declarations: [{ prop: 'font-stretch', value: '62% 125%' }],
  display: 'swap',
});

export const jetbrains = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  variable: '--font-jetbrains',
  weight: '100 800',
  adjustFontFallback: false,
  display: 'swap',
});
