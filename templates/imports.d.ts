/** A template, precompiled by templates/precompile.mjs, with the partials that it includes. */
declare module '*.hbs' {
  interface CompiledTemplate {
    readonly main: TemplateSpecification;
    readonly partials: Readonly<Record<string, CompiledTemplate>>;
  }
  const template: CompiledTemplate;
  export default template;
}

/** A file's text as it is. */
declare module '*?raw' {
  const text: string;
  export default text;
}

/** The runtime half of Handlebars; the declaration that the package carries is empty. */
declare module 'handlebars/runtime.js' {
  import Handlebars from 'handlebars';
  export default Handlebars;
}
