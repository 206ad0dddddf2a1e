/** What the text of a step contains, found by a Markdown parser: the part of it that rules speak about. */
export interface StepOutline {
  directives: OutlinedDirective[];
  links: OutlinedLink[];
  /** Fenced blocks: language and the words after it, e.g. `sh` and `run`. */
  blocks: { language: string; flags: string[]; line: number }[];
  /** Raw HTML is never rendered: a mistake of the author. */
  html: { text: string; line: number }[];
}

export interface OutlinedDirective {
  /** `leaf` is `::name`, `container` is `:::name`, `text` is `:name` in a line. */
  kind: 'leaf' | 'container' | 'text';
  name: string;
  /** What stands between the brackets. */
  label: string;
  attributes: Record<string, string>;
  line: number;
}

export interface OutlinedLink {
  kind: 'link' | 'image';
  href: string;
  line: number;
}
