import { describe, expect, it } from 'vitest';
import { commandOfKey } from './terminal-keys.ts';

const plain = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };

describe('commandOfKey', () => {
  it.each([
    ['copy', { key: 'C', ctrlKey: true, shiftKey: true }],
    ['paste', { key: 'V', ctrlKey: true, shiftKey: true }],
    ['search', { key: 'F', ctrlKey: true, shiftKey: true }],
    ['leave', { key: 'Tab', shiftKey: true }],
  ])('takes the key for %s', (command, key) => {
    expect(commandOfKey({ ...plain, ...key })).toBe(command);
  });

  it.each([
    ['Ctrl+C', { key: 'c', ctrlKey: true }],
    ['Ctrl+V', { key: 'v', ctrlKey: true }],
    ['Ctrl+F', { key: 'f', ctrlKey: true }],
    ['Tab', { key: 'Tab' }],
    ['Alt+Shift+Tab', { key: 'Tab', shiftKey: true, altKey: true }],
    ['Ctrl+Shift+A', { key: 'A', ctrlKey: true, shiftKey: true }],
  ])('leaves %s to the shell', (_name, key) => {
    expect(commandOfKey({ ...plain, ...key })).toBe(null);
  });
});
