/** Text as coding agents exchange it, made up from a seed: the same in every run. */

const NOUNS =
  "account batch budget cache client column connection cursor deadline entry error event field filter header index invoice item key lease limit list message migration model order owner page parser path payload policy price queue record region request result retry role row rule schema scope session setting snapshot stream table task tenant timer token total user value worker".split(
    " ",
  );
const VERBS =
  "accept add apply build check close collect commit compare count create decode drop encode expire fetch find flush format insert list load lock map match merge open parse poll prune publish read refresh release reload remove render replace resolve retry revoke scan seal send settle sort split start stop store strip sweep update validate wait write".split(
    " ",
  );

export class TextSource {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Mulberry32: 0 ≤ value < below. */
  number(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  noun(): string {
    return NOUNS[this.number(NOUNS.length)] ?? "";
  }

  verb(): string {
    return VERBS[this.number(VERBS.length)] ?? "";
  }

  hex(length: number): string {
    return Array.from({ length }, () => this.number(16).toString(16)).join("");
  }

  base64(bytes: number): string {
    return Buffer.from(Array.from({ length: bytes }, () => this.number(256))).toString("base64");
  }

  path(): string {
    return `packages/${this.noun()}/src/${this.noun()}-${this.verb()}.ts`;
  }

  sentence(): string {
    return `Always ${this.verb()} the ${this.noun()} before you ${this.verb()} its ${this.noun()}; never ${this.verb()} a ${this.noun()} that the ${this.noun()} doesn't own. `;
  }

  paragraph(sentences: number): string {
    return Array.from({ length: sentences }, () => this.sentence()).join("");
  }

  /** A file as an agent's read tool shows it: numbered lines with tabs, quotes and escapes. */
  file(lines: number): string {
    return Array.from(
      { length: lines },
      (_, at) => `${String(at + 1).padStart(5)}→${this.#line()}`,
    ).join("\n");
  }

  /** What a search through a code base prints. */
  matches(lines: number): string {
    return Array.from(
      { length: lines },
      () => `${this.path()}:${this.number(400)}:${this.#line()}`,
    ).join("\n");
  }

  /** What a test runner prints, colours included. */
  testRun(tests: number): string {
    const lines = Array.from(
      { length: tests },
      () =>
        ` \u001b[32m✓\u001b[39m ${this.path()} > the ${this.noun()} can't ${this.verb()} a ${this.noun()} ${this.number(90)}ms`,
    );
    return `${lines.join("\n")}\n\n Tests  ${tests} passed (${tests})\n`;
  }

  #line(): string {
    const indent = "\t".repeat(this.number(4));
    switch (this.number(6)) {
      case 0:
        return `${indent}const ${this.noun()} = await ${this.verb()}(${this.noun()}, { ${this.noun()}: "${this.noun()}", id: "${this.hex(32)}" });`;
      case 1:
        return `${indent}if (${this.noun()}.${this.noun()} !== "${this.verb()}") throw new Error(\`no ${this.noun()} for \${${this.noun()}}\`);`;
      case 2:
        return `${indent}/** ${this.sentence()}*/`;
      case 3:
        return `${indent}expect(${this.noun()}.text).toMatch(/^${this.noun()}\\s+\\d{${this.number(9)}}$/);`;
      case 4:
        return `${indent}return [...${this.noun()}s].map(({ ${this.noun()} }) => ${this.verb()}(${this.noun()}));`;
      default:
        return `${indent}logger.info({ ${this.noun()}, ${this.noun()} }, "${this.verb()} the ${this.noun()}: done\\n");`;
    }
  }
}
