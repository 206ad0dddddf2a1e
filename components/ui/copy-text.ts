/** Puts text on the clipboard; false where the browser refuses (no permission, or a page that is not on a secure origin). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
