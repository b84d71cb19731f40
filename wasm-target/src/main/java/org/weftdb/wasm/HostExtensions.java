package org.weftdb.wasm;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Import;
import org.weftdb.bytes.ByteReader;
import org.weftdb.bytes.ByteWriter;
import org.weftdb.cypher.function.FunctionRegistry;
import org.weftdb.cypher.procedure.Procedure;
import org.weftdb.cypher.procedure.ProcedureRegistry;
import org.weftdb.cypher.procedure.UserFunction;
import org.weftdb.cypher.procedure.UserFunctions;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.ValueCodec;

/**
 * The functions and procedures of the host.
 *
 * <p>Arguments stand at the front of the window as a list of {@link ValueCodec} while the host is
 * called. It answers with a number of bytes, which it puts into the window when it is asked to, so
 * that there is room for them: a value, some rows, or after a negative number why it failed.
 */
final class HostExtensions {
  private final Window window;

  HostExtensions(Window window) {
    this.window = window;
  }

  /** Reads the signatures of all functions, of which the request has a list. */
  UserFunctions functions(ByteReader request) {
    List<UserFunction> functions = new ArrayList<>();
    int count = request.readVarintInt();
    for (int i = 0; i < count; i++) {
      int index = i;
      String signature = request.readString();
      functions.add(UserFunction.of(signature, arguments -> call(index, arguments)));
    }
    return UserFunctions.of(functions, FunctionRegistry.standard());
  }

  /** Reads the signatures of all procedures in the same way. */
  ProcedureRegistry procedures(ByteReader request) {
    List<Procedure> procedures = new ArrayList<>();
    int count = request.readVarintInt();
    for (int i = 0; i < count; i++) {
      int index = i;
      String signature = request.readString();
      procedures.add(
          Procedure.of(
              signature,
              (arguments, context) -> {
                int handle = begin(index, arguments);
                return () -> new Rows(handle);
              }));
    }
    return ProcedureRegistry.builtIn().with(procedures);
  }

  private @Nullable Object call(int index, List<@Nullable Object> arguments) {
    int length = put(arguments);
    ByteReader answer =
        answer(callFunction(index, window.address(), length), ErrorCode.FUNCTION_FAILED);
    return ValueCodec.decodeWithText(answer);
  }

  private int begin(int index, List<@Nullable Object> arguments) {
    int length = put(arguments);
    int handle = callProcedure(index, window.address(), length);
    if (handle < 0) {
      answer(handle, ErrorCode.PROCEDURE_FAILED);
    }
    return handle;
  }

  private int put(List<@Nullable Object> arguments) {
    ByteWriter writer = new ByteWriter();
    ValueCodec.encodeWithText(arguments, writer);
    window.reserve(writer.position());
    window.put(0, writer.array(), 0, writer.position());
    return writer.position();
  }

  private ByteReader answer(int length, ErrorCode failure) {
    int bytes = length < 0 ? -length : length;
    window.reserve(bytes);
    takeAnswer(window.address());
    byte[] copy = new byte[bytes];
    window.get(0, copy, 0, bytes);
    ByteReader reader = new ByteReader(copy, 0, bytes, "the host's answer");
    if (length < 0) {
      throw new WeftException(failure, reader.readString());
    }
    return reader;
  }

  /** The rows of a call, some at a time. */
  private final class Rows implements Iterator<List<? extends @Nullable Object>> {
    private final int handle;
    private final List<List<? extends @Nullable Object>> rows = new ArrayList<>();
    private int next;
    private boolean ended;

    Rows(int handle) {
      this.handle = handle;
    }

    @Override
    public boolean hasNext() {
      if (next == rows.size() && !ended) {
        rows.clear();
        next = 0;
        ByteReader answer = answer(nextRows(handle), ErrorCode.PROCEDURE_FAILED);
        int count = answer.readVarintInt();
        ended = count == 0;
        for (int i = 0; i < count; i++) {
          rows.add((List<?>) ValueCodec.decodeWithText(answer));
        }
      }
      return next < rows.size();
    }

    @Override
    public List<? extends @Nullable Object> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return rows.get(next++);
    }
  }

  /** Lets the host give up what procedures have not been asked for. */
  static void endCalls() {
    endProcedures();
  }

  /**
   * @return how many bytes the value has, or minus those of why there is none
   */
  @Import(module = "weft", name = "callFunction")
  private static native int callFunction(int index, int address, int length);

  /**
   * @return a handle from 0 on, or minus the bytes of why there is none
   */
  @Import(module = "weft", name = "callProcedure")
  private static native int callProcedure(int index, int address, int length);

  /**
   * @return how many bytes the next rows have, a count of 0 at the end; or minus those of why there
   *     are none
   */
  @Import(module = "weft", name = "nextRows")
  private static native int nextRows(int handle);

  /** Puts the last answer at an address. */
  @Import(module = "weft", name = "takeAnswer")
  private static native void takeAnswer(int address);

  @Import(module = "weft", name = "endProcedures")
  private static native void endProcedures();
}
