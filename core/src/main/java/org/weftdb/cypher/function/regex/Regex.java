package org.weftdb.cypher.function.regex;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A compiled regular expression that whole strings are matched against.
 *
 * <p>It works on code points. Matching takes time proportional to the length of the text times the
 * size of the pattern and allocates nothing. It holds working memory and belongs to one thread at a
 * time.
 */
public final class Regex {
  private static final int STEPS_BETWEEN_REPORTS = 4096;

  private final RegexProgram program;

  private final RegexSets sets;

  // The instructions that wait for a character, now and after it, each at most once.
  private int[] current;
  private int[] next;
  private int currentSize;
  private int nextSize;

  /** For each instruction the last step in which it was reached. */
  private final int[] reached;

  private int step;
  private final int[] stack;
  private boolean accepted;

  private Regex(RegexProgram program) {
    this.program = program;
    sets = new RegexSets(program.sets());
    current = new int[program.size()];
    next = new int[program.size()];
    reached = new int[program.size()];
    // Every instruction is pushed at most once a step, by each of at most two that lead to it.
    stack = new int[2 * program.size() + 2];
  }

  /**
   * Compiles a pattern.
   *
   * @throws org.weftdb.error.WeftException {@link
   *     org.weftdb.error.ErrorCode#INVALID_ARGUMENT_VALUE} when it is not valid or uses what is not
   *     supported, {@link org.weftdb.error.ErrorCode#VALUE_TOO_LARGE} when it is too large
   */
  public static Regex compile(String pattern) {
    return new Regex(new RegexProgram(pattern, new RegexParser(pattern).parse(), false));
  }

  /** Whether the whole text matches. */
  public boolean matches(String text) {
    return matches(text, steps -> {});
  }

  /**
   * The same for a text and a pattern that may both be long.
   *
   * @param work is told now and then how many steps were taken since, and may throw to stop
   */
  public boolean matches(String text, IntConsumer work) {
    int steps = 0;
    int length = text.length();
    beginStep();
    follow(0, text, 0);
    for (int at = 0; at < length; ) {
      int[] waiting = next;
      next = current;
      current = waiting;
      currentSize = nextSize;
      beginStep();
      if (currentSize == 0) {
        return false;
      }
      int c = text.charAt(at);
      if (c >= 0xD800 && c < 0xDC00) {
        c = text.codePointAt(at);
      }
      at += c > 0xFFFF ? 2 : 1;
      steps += currentSize;
      if (steps >= STEPS_BETWEEN_REPORTS) {
        work.accept(steps);
        steps = 0;
      }
      for (int i = 0; i < currentSize; i++) {
        int index = current[i];
        int operand = program.first(index);
        if (program.code(index) == RegexProgram.CHARACTER
            ? operand == c
            : sets.contains(operand, c)) {
          follow(index + 1, text, at);
        }
      }
    }
    work.accept(steps);
    return accepted;
  }

  private void beginStep() {
    nextSize = 0;
    accepted = false;
    if (++step < 0) {
      Arrays.fill(reached, 0);
      step = 1;
    }
  }

  /** Adds what is reached from an instruction at a place of the text without a character. */
  private void follow(int start, String text, int at) {
    int top = 0;
    stack[top++] = start;
    while (top > 0) {
      int index = stack[--top];
      if (reached[index] == step) {
        continue;
      }
      reached[index] = step;
      switch (program.code(index)) {
        case RegexProgram.JUMP -> stack[top++] = program.first(index);
        case RegexProgram.SPLIT -> {
          stack[top++] = program.second(index);
          stack[top++] = program.first(index);
        }
        case RegexProgram.PLACE -> {
          if (RegexPlaces.is(RegexProgram.place(program.first(index)), text, 0, at)) {
            stack[top++] = index + 1;
          }
        }
        case RegexProgram.ACCEPT -> accepted = true;
        default -> next[nextSize++] = index;
      }
    }
  }
}
