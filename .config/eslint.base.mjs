import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Syntax that is refused everywhere; `no-restricted-syntax` does not merge, so whoever adds to it starts from this. */
export const refusedSyntax = [
  { selector: 'TSEnumDeclaration', message: 'A union of string literals needs no import and no run time.' },
  {
    selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
    message: '`as unknown as` switches the types off.',
  },
  {
    selector:
      ':matches(AssignmentExpression, CallExpression) > MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|bypassSecurityTrust.+)$/]',
    message: 'What people type is shown as text, never as markup.',
  },
];

const refusedInSpecs = [
  ...refusedSyntax,
  {
    selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|failing|fixme)$/]',
    message: 'A test that does not run proves nothing: repair it or delete it.',
  },
  { selector: 'CallExpression[callee.name=/^(fit|fdescribe|xit|xtest|xdescribe)$/]', message: 'Every test runs.' },
];

const rules = {
  eqeqeq: 'error',
  'no-console': 'error',
  'no-param-reassign': 'error',
  'no-promise-executor-return': 'error',
  'no-restricted-syntax': ['error', ...refusedSyntax],
  'max-lines': ['error', 200],
  '@typescript-eslint/max-params': ['error', { max: 4 }],
  // With `emitDecoratorMetadata` the rule leaves files with decorators alone, where an injected class must be a value.
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/naming-convention': [
    'error',
    { selector: 'typeLike', format: ['PascalCase'], custom: { regex: '^I[A-Z][a-z]|Impl$', match: false } },
    { selector: 'variableLike', format: null, custom: { regex: '.\\$$', match: false } },
  ],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  // Nest modules and Angular components are classes because their decorators need something to stand on.
  '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
  // Nest declares its options as classes and takes plain objects for them.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // A new record type must make every reducer and view fail to lint until it is handled.
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

/**
 * The rules that both sides and the tools share.
 * @param {string} folder the folder of the calling configuration
 * @param {string[]} [projects] the tsconfigs that together hold every linted file, where the nearest `tsconfig.json` does not
 */
export function sharedRules(folder, projects) {
  const types = projects ? { project: projects } : { projectService: true };
  return defineConfig(
    { ignores: ['dist/', '.angular/', 'coverage/', 'test-results/', 'playwright-report/'] },
    { linterOptions: { reportUnusedDisableDirectives: 'error' } },
    {
      files: ['**/*.ts'],
      extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
      languageOptions: { parserOptions: { ...types, tsconfigRootDir: folder } },
      rules,
    },
    { files: ['**/*.mjs'], rules: { eqeqeq: 'error', 'max-lines': ['error', 200] } },
  );
}

/** For tests; comes last, because a spec may import what its neighbours may not. */
export const specRules = {
  files: ['**/*.spec.ts', 'test/**/*.ts', 'e2e/**/*.ts'],
  rules: {
    'max-lines': ['error', 400],
    'no-restricted-imports': 'off',
    'no-restricted-syntax': ['error', ...refusedInSpecs],
    // A wrong index or a missing element fails the test at that line, which is what it is for.
    '@typescript-eslint/no-non-null-assertion': 'off',
    '@typescript-eslint/unbound-method': 'off',
  },
};

/** For programs whose output is what they are for. */
export const printing = { 'no-console': 'off' };
