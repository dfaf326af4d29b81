/** The part of the package that is used; it has no types of its own. */
declare module 'railroad-diagrams' {
  interface Item {
    toString(): string;
  }
  type Part = Item | string;
  const diagrams: {
    Diagram(...parts: Part[]): Item;
    Sequence(...parts: Part[]): Item;
    Choice(straight: number, ...parts: Part[]): Item;
    Optional(part: Part): Item;
    OneOrMore(part: Part): Item;
    ZeroOrMore(part: Part): Item;
    Terminal(text: string): Item;
    NonTerminal(text: string): Item;
  };

  export type { Item };
  export default diagrams;
}
