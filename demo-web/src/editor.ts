import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import {
  bracketMatching,
  HighlightStyle,
  StreamLanguage,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
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

/** The query editor. */
export class QueryEditor {
  readonly #view: EditorView;

  constructor(parent: HTMLElement, run: () => void) {
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
          lintGutter(),
          EditorView.lineWrapping,
          placeholder('MATCH (n) RETURN n LIMIT 25'),
          EditorView.contentAttributes.of({ 'aria-label': 'Cypher query' }),
          keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        ],
      }),
    });
  }

  get query(): string {
    return this.#view.state.doc.toString();
  }

  set query(text: string) {
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
    this.clearError();
  }

  focus(): void {
    this.#view.focus();
  }

  /** Underlines the place of an error; line and column count from 1, columns in code points. */
  showError(message: string, line: number, column: number): void {
    const document = this.#view.state.doc;
    const at = document.line(Math.min(Math.max(line, 1), document.lines));
    const before = [...at.text].slice(0, column - 1).join('').length;
    const from = Math.min(at.from + before, at.to);
    const word = /^[\p{L}\p{N}_$]+/u.exec(at.text.slice(from - at.from))?.[0].length ?? 1;
    const to = Math.min(from + word, at.to);
    const diagnostic = { from: to > from ? from : Math.max(at.from, from - 1), to, message };
    this.#view.dispatch(
      setDiagnostics(this.#view.state, [{ ...diagnostic, severity: 'error' as const }]),
    );
    this.#view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
  }

  clearError(): void {
    this.#view.dispatch(setDiagnostics(this.#view.state, []));
  }
}
