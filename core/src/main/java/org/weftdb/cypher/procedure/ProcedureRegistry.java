package org.weftdb.cypher.procedure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.weftdb.cypher.semantic.ProcedureSignature;
import org.weftdb.cypher.semantic.ProcedureSignatures;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;

/** The procedures of a database, found by their names as written; immutable. */
public final class ProcedureRegistry implements ProcedureSignatures {
  private static final ProcedureRegistry BUILT_IN =
      new ProcedureRegistry(Map.of()).with(BuiltInProcedures.all());

  private final Map<String, Procedure> procedures;

  private ProcedureRegistry(Map<String, Procedure> procedures) {
    this.procedures = procedures;
  }

  /** The procedures that every database has. */
  public static ProcedureRegistry builtIn() {
    return BUILT_IN;
  }

  /**
   * These procedures and more.
   *
   * @throws WeftException {@link ErrorCode#INVALID_USE} when two have one name
   */
  public ProcedureRegistry with(List<Procedure> more) {
    Map<String, Procedure> all = new LinkedHashMap<>(procedures);
    for (Procedure procedure : more) {
      if (all.put(procedure.name(), procedure) != null) {
        throw new WeftException(
            ErrorCode.INVALID_USE, "there are two procedures of the name " + procedure.name());
      }
    }
    return new ProcedureRegistry(all);
  }

  /** All of them, the built-in ones first. */
  public List<Procedure> all() {
    return Collections.unmodifiableList(new ArrayList<>(procedures.values()));
  }

  /** The procedure of a name, or null. */
  public @Nullable Procedure procedure(String name) {
    return procedures.get(name);
  }

  @Override
  public @Nullable ProcedureSignature find(String name) {
    Procedure procedure = procedures.get(name);
    return procedure == null ? null : procedure.signature();
  }
}
