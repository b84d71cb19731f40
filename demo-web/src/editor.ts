import { acceptCompletion, autocompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import {
  bracketMatching,
  HighlightStyle,
  StreamLanguage,
  syntaxHighlighting,
} from '@codemirror/language';
import { forceLinting, lintGutter, lintKeymap } from '@codemirror/lint';
import { Compartment, EditorState, Prec, StateEffect } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { completions, errors, type Language } from './assistance.js';
import { cypher } from './cypher-mode.js';

/** Colours come from the page's variables, so that they follow light and dark. */
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--code-keyword)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: tags.variableName, color: 'var(--text)' },
  { tag: [tags.typeName, tags.atom], color: 'var(--code-atom)' },
]);

const recheck = StateEffect.define();

/** An error that came when the query ran, which checking its text would not find. */
interface Failure {
  readonly query: string;
  readonly message: string;
  readonly offset: number;
}

/** The query editor, which completes words and underlines what is wrong. */
export class QueryEditor {
  readonly #view: EditorView;
  #failure: Failure | undefined;

  /**
   * @param parent where to put it
   * @param keys the id of the element that says what its keys do
   * @param run runs the query
   * @param language gives the database to ask, if it is there
   */
  constructor(parent: HTMLElement, keys: string, run: () => void, language: Language) {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const scheme = new Compartment();
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        extensions: [
          // Above the default keymap, in which Mod-Enter inserts a line.
          Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (run(), true) }])),
          lineNumbers(),
          history(),
          bracketMatching(),
          StreamLanguage.define(cypher),
          syntaxHighlighting(colours),
          autocompletion({ override: [completions(language)] }),
          errors(language, () => this.#failureHere(), recheck),
          lintGutter(),
          EditorView.lineWrapping,
          placeholder('MATCH (n) RETURN n LIMIT 25'),
          EditorView.contentAttributes.of({
            'aria-label': 'Cypher query',
            'aria-describedby': keys,
          }),
          scheme.of(EditorView.darkTheme.of(dark.matches)),
          keymap.of([
            { key: 'Tab', run: acceptCompletion },
            ...defaultKeymap,
            ...historyKeymap,
            ...lintKeymap,
            indentWithTab,
          ]),
        ],
      }),
    });
    dark.addEventListener('change', () =>
      this.#view.dispatch({
        effects: scheme.reconfigure(EditorView.darkTheme.of(dark.matches)),
      }),
    );
  }

  get query(): string {
    return this.#view.state.doc.toString();
  }

  set query(text: string) {
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
  }

  focus(): void {
    this.#view.focus();
  }

  /** Underlines the place of an error that running the query gave, until the text is another. */
  showError(message: string, offset: number): void {
    this.#failure = { query: this.query, message, offset };
    this.#recheck();
    const anchor = Math.min(offset, this.#view.state.doc.length);
    this.#view.dispatch({ selection: { anchor }, scrollIntoView: true });
  }

  clearError(): void {
    this.#failure = undefined;
    this.#recheck();
  }

  #recheck(): void {
    this.#view.dispatch({ effects: recheck.of(null) });
    forceLinting(this.#view);
  }

  #failureHere(): Failure | undefined {
    return this.#failure?.query === this.query ? this.#failure : undefined;
  }
}
