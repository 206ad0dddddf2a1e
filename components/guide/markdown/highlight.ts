import { createCssVariablesTheme, createHighlighterCoreSync, type ThemedToken } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import docker from 'shiki/langs/docker.mjs';
import http from 'shiki/langs/http.mjs';
import json from 'shiki/langs/json.mjs';
import shellscript from 'shiki/langs/shellscript.mjs';
import yaml from 'shiki/langs/yaml.mjs';

const theme = createCssVariablesTheme({ name: 'belowdeck', variablePrefix: '--code-', fontStyle: true });

/** Names after the three backticks, and the grammar that colours them. Others (`text`, `console`) stay plain. */
const grammars: Record<string, string> = {
  sh: 'shellscript',
  bash: 'shellscript',
  json: 'json',
  yaml: 'yaml',
  http: 'http',
  dockerfile: 'docker',
};

let highlighter: ReturnType<typeof createHighlighterCoreSync> | undefined;

function getHighlighter() {
  highlighter ??= createHighlighterCoreSync({
    themes: [theme],
    langs: [docker, http, json, shellscript, yaml],
    engine: createJavaScriptRegexEngine(),
  });
  return highlighter;
}

/** Lines of coloured pieces; null for a language that stays plain. Colours are CSS variables: one text for both themes. */
export function highlight(code: string, language: string): ThemedToken[][] | null {
  const lang = grammars[language];
  return lang ? getHighlighter().codeToTokensBase(code, { lang, theme: 'belowdeck' }) : null;
}
