import { refusedSyntax } from './eslint.base.mjs';

/**
 * Who may import whom. The rules look at the written path, not at what it resolves to: they need no resolver, and a file
 * that does not exist yet is judged like any other. A path is written with `..` only to leave a folder.
 * @typedef {{ regex: string, message: string }} Refusal
 */

/** @param {string} regex @param {string} message @returns {Refusal} */
export const refuse = (regex, message) => ({ regex, message });

/**
 * Refuses the folders of `all` that are not in `allowed`, from whatever depth.
 * @param {string} folder @param {readonly string[]} allowed @param {readonly string[]} all @returns {Refusal[]}
 */
export function onlyFolders(folder, allowed, all) {
  const refused = all.filter((name) => name !== folder && !allowed.includes(name));
  const may = allowed.length > 0 ? `only ${allowed.join(', ')}` : 'no other folder';
  return refused.length === 0
    ? []
    : [refuse(`^(?:\\.\\.?/)+(?:${refused.join('|')})(?:/|$)`, `${folder}/ may import ${may}.`)];
}

/** A dynamic import is not seen by `no-restricted-imports`, so it may only stay inside its folder. */
const leavingDynamically = {
  selector: 'ImportExpression:not([source.value=/^\\.\\u002F/])',
  message: 'What leaves a folder is imported at the top of the file, where the import rules see it.',
};

/**
 * One configuration block. Rules do not merge between blocks: the last block that matches a file must say everything.
 * @param {string[]} files @param {Refusal[]} refusals
 */
export function imports(files, ...refusals) {
  return {
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: refusals.map((refusal) => ({ ...refusal, caseSensitive: true })) },
      ],
      'no-restricted-syntax': ['error', ...refusedSyntax, leavingDynamically],
    },
  };
}
