/** The form of a server-rendered page that has a field of that name, as a browser without JavaScript would post it. */
export function formWith(html: string, field: string): FormData {
  const forms = html.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find(one => one.includes(`name="${field}"`));
  if (!form) throw new Error(`the page has no form with ${field}`);
  const data = new FormData();
  for (const [input] of form.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(input, 'name');
    if (name) data.append(name, attribute(input, 'value') ?? '');
  }
  return data;
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? null : found.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
