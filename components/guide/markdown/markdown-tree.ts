import type { Root } from 'hast';
import rehypeSanitize, { defaultSchema, type Options as Schema } from 'rehype-sanitize';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { directiveElements, directiveTags } from './directive-elements.ts';

/** What may come out of Markdown: GitHub's list, less what a lab has no use for, plus our directives. */
const schema: Schema = {
  ...defaultSchema,
  tagNames: [
    ...(defaultSchema.tagNames ?? []).filter(tag => !['input', 'picture', 'source'].includes(tag)),
    ...Object.values(directiveTags),
  ],
  attributes: {
    a: ['href', 'title'],
    img: ['src', 'alt', 'title', 'width', 'height'],
    code: [
      ['className', /^language-[a-z0-9]+$/],
      ['dataRun', 'true'],
    ],
    th: ['align'],
    td: ['align'],
    ol: ['start'],
    [directiveTags.slot]: ['dataKind', 'dataId'],
    [directiveTags.box]: ['dataKind'],
    [directiveTags.when]: ['dataCgroup'],
  },
  protocols: { href: ['https'], src: ['https'] },
};

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkDirective)
  .use(directiveElements)
  .use(remarkRehype)
  .use(rehypeSanitize, schema);

/** Markdown of a step as a sanitised tree of elements. Raw HTML in it is dropped. */
export function markdownTree(body: string): Root {
  return processor.runSync(processor.parse(body));
}
