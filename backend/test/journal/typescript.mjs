import { registerHooks } from 'node:module';

/** Lets Node run the sources as they are: their imports name the files that the build makes. */
registerHooks({
  resolve(specifier, context, next) {
    const source = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
    return next(source ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
