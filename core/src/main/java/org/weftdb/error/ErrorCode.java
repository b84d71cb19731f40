package org.weftdb.error;

/**
 * Every error that WeftDB reports. Numbers are never reused and never change their meaning; they
 * are the same in Java and in JavaScript.
 *
 * <p>A query error also carries the classification of the openCypher technology compatibility kit:
 * a {@link #type()} such as {@code SyntaxError}, a {@link #detail()} such as {@code
 * UndefinedVariable}, and whether it is found {@linkplain #compileTime() before the query runs}.
 */
public enum ErrorCode {
  // Syntax: the text does not follow the grammar.
  UNEXPECTED_SYNTAX(1001, ErrorCategory.SYNTAX, "SyntaxError", "UnexpectedSyntax", true),
  INVALID_NUMBER_LITERAL(1002, ErrorCategory.SYNTAX, "SyntaxError", "InvalidNumberLiteral", true),
  INTEGER_LITERAL_OVERFLOW(1003, ErrorCategory.SYNTAX, "SyntaxError", "IntegerOverflow", true),
  FLOAT_LITERAL_OVERFLOW(1004, ErrorCategory.SYNTAX, "SyntaxError", "FloatingPointOverflow", true),
  INVALID_UNICODE_LITERAL(1005, ErrorCategory.SYNTAX, "SyntaxError", "InvalidUnicodeLiteral", true),
  INVALID_UNICODE_CHARACTER(
      1006, ErrorCategory.SYNTAX, "SyntaxError", "InvalidUnicodeCharacter", true),
  INVALID_RELATIONSHIP_PATTERN(
      1007, ErrorCategory.SYNTAX, "SyntaxError", "InvalidRelationshipPattern", true),

  // Semantics: well formed, but without a meaning.
  UNDEFINED_VARIABLE(2001, ErrorCategory.SEMANTIC, "SyntaxError", "UndefinedVariable", true),
  VARIABLE_ALREADY_BOUND(2002, ErrorCategory.SEMANTIC, "SyntaxError", "VariableAlreadyBound", true),
  VARIABLE_TYPE_CONFLICT(2003, ErrorCategory.SEMANTIC, "SyntaxError", "VariableTypeConflict", true),
  INVALID_ARGUMENT_TYPE(2004, ErrorCategory.SEMANTIC, "SyntaxError", "InvalidArgumentType", true),
  NO_SINGLE_RELATIONSHIP_TYPE(
      2005, ErrorCategory.SEMANTIC, "SyntaxError", "NoSingleRelationshipType", true),
  AMBIGUOUS_AGGREGATION(
      2006, ErrorCategory.SEMANTIC, "SyntaxError", "AmbiguousAggregationExpression", true),
  NEGATIVE_INTEGER_ARGUMENT(
      2007, ErrorCategory.SEMANTIC, "SyntaxError", "NegativeIntegerArgument", true),
  INVALID_PARAMETER_USE(2008, ErrorCategory.SEMANTIC, "SyntaxError", "InvalidParameterUse", true),
  INVALID_NUMBER_OF_ARGUMENTS(
      2009, ErrorCategory.SEMANTIC, "SyntaxError", "InvalidNumberOfArguments", true),
  INVALID_AGGREGATION(2010, ErrorCategory.SEMANTIC, "SyntaxError", "InvalidAggregation", true),
  NON_CONSTANT_EXPRESSION(
      2011, ErrorCategory.SEMANTIC, "SyntaxError", "NonConstantExpression", true),
  INVALID_CLAUSE_COMPOSITION(
      2012, ErrorCategory.SEMANTIC, "SyntaxError", "InvalidClauseComposition", true),
  REQUIRES_DIRECTED_RELATIONSHIP(
      2013, ErrorCategory.SEMANTIC, "SyntaxError", "RequiresDirectedRelationship", true),
  INVALID_DELETE(2014, ErrorCategory.SEMANTIC, "SyntaxError", "InvalidDelete", true),
  DIFFERENT_COLUMNS_IN_UNION(
      2015, ErrorCategory.SEMANTIC, "SyntaxError", "DifferentColumnsInUnion", true),
  CREATING_VARIABLE_LENGTH(2016, ErrorCategory.SEMANTIC, "SyntaxError", "CreatingVarLength", true),
  COLUMN_NAME_CONFLICT(2017, ErrorCategory.SEMANTIC, "SyntaxError", "ColumnNameConflict", true),
  UNKNOWN_FUNCTION(2018, ErrorCategory.SEMANTIC, "SyntaxError", "UnknownFunction", true),
  RELATIONSHIP_UNIQUENESS_VIOLATION(
      2019, ErrorCategory.SEMANTIC, "SyntaxError", "RelationshipUniquenessViolation", true),
  NO_VARIABLES_IN_SCOPE(2020, ErrorCategory.SEMANTIC, "SyntaxError", "NoVariablesInScope", true),
  NO_EXPRESSION_ALIAS(2021, ErrorCategory.SEMANTIC, "SyntaxError", "NoExpressionAlias", true),
  NESTED_AGGREGATION(2022, ErrorCategory.SEMANTIC, "SyntaxError", "NestedAggregation", true),
  INVALID_ARGUMENT_PASSING_MODE(
      2023, ErrorCategory.SEMANTIC, "SyntaxError", "InvalidArgumentPassingMode", true),
  PROCEDURE_NOT_FOUND(2024, ErrorCategory.SEMANTIC, "ProcedureError", "ProcedureNotFound", true),
  MISSING_PARAMETER(2025, ErrorCategory.SEMANTIC, "ParameterMissing", "MissingParameter", true),
  INVALID_OPERAND_TYPE(2026, ErrorCategory.SEMANTIC, "TypeError", "InvalidArgumentType", true),
  NOT_SUPPORTED(2027, ErrorCategory.SEMANTIC, "SyntaxError", "NotSupported", true),

  // Execution: the query met values it cannot work on.
  INVALID_ARGUMENT_VALUE(3001, ErrorCategory.EXECUTION, "TypeError", "InvalidArgumentValue", false),
  TYPE_MISMATCH(3002, ErrorCategory.EXECUTION, "TypeError", "InvalidArgumentType", false),
  MAP_ELEMENT_ACCESS_BY_NON_STRING(
      3003, ErrorCategory.EXECUTION, "TypeError", "MapElementAccessByNonString", false),
  LIST_ELEMENT_ACCESS_BY_NON_INTEGER(
      3004, ErrorCategory.EXECUTION, "TypeError", "ListElementAccessByNonInteger", false),
  INVALID_PROPERTY_TYPE(3005, ErrorCategory.EXECUTION, "TypeError", "InvalidPropertyType", false),
  NUMBER_OUT_OF_RANGE(3006, ErrorCategory.EXECUTION, "ArgumentError", "NumberOutOfRange", false),
  INVALID_ARGUMENT(3007, ErrorCategory.EXECUTION, "ArgumentError", "InvalidArgumentType", false),
  NEGATIVE_ROW_COUNT(
      3008, ErrorCategory.EXECUTION, "SyntaxError", "NegativeIntegerArgument", false),
  NON_INTEGER_ROW_COUNT(3009, ErrorCategory.EXECUTION, "SyntaxError", "InvalidArgumentType", false),
  DELETED_ENTITY_ACCESS(
      3010, ErrorCategory.EXECUTION, "EntityNotFound", "DeletedEntityAccess", false),
  MERGE_WITH_NULL_PROPERTY(
      3011, ErrorCategory.EXECUTION, "SemanticError", "MergeReadOwnWrites", false),
  INTEGER_OVERFLOW(3012, ErrorCategory.EXECUTION, "ArithmeticError", "IntegerOverflow", false),
  DIVISION_BY_ZERO(3013, ErrorCategory.EXECUTION, "ArithmeticError", "DivisionByZero", false),
  /** A procedure of the embedder threw something, or gave a row that is not as it declares. */
  PROCEDURE_FAILED(3014, ErrorCategory.EXECUTION, "ProcedureError", "ProcedureFailed", false),
  /** A function of the embedder threw something, or gave a value that is not as it declares. */
  FUNCTION_FAILED(3080, ErrorCategory.EXECUTION, "FunctionError", "FunctionFailed", false),
  INVALID_CAST(3030, ErrorCategory.EXECUTION, "TypeError", "InvalidCast", false),
  /** A table of LOAD CSV is not what it should be; the message names the line. */
  INVALID_CSV(3040, ErrorCategory.EXECUTION, "LoadCsvError", "InvalidCsv", false),
  /** Rows of JSON that are imported are not what they should be; the message names the line. */
  INVALID_JSON(3041, ErrorCategory.EXECUTION, "ImportError", "InvalidJson", false),

  // Constraints.
  DELETE_CONNECTED_NODE(
      4001, ErrorCategory.CONSTRAINT, "ConstraintVerificationFailed", "DeleteConnectedNode", false),
  INDEX_ALREADY_EXISTS(
      4002, ErrorCategory.CONSTRAINT, "ConstraintValidationFailed", "IndexAlreadyExists", false),
  INDEX_NOT_FOUND(
      4003, ErrorCategory.CONSTRAINT, "ConstraintValidationFailed", "IndexNotFound", false),

  CONSTRAINT_VIOLATED(
      4060, ErrorCategory.CONSTRAINT, "ConstraintValidationFailed", "ConstraintViolated", false),
  CONSTRAINT_ALREADY_EXISTS(
      4061,
      ErrorCategory.CONSTRAINT,
      "ConstraintValidationFailed",
      "ConstraintAlreadyExists",
      false),
  CONSTRAINT_NOT_FOUND(
      4062, ErrorCategory.CONSTRAINT, "ConstraintValidationFailed", "ConstraintNotFound", false),
  INDEX_BELONGS_TO_CONSTRAINT(
      4063,
      ErrorCategory.CONSTRAINT,
      "ConstraintValidationFailed",
      "IndexBelongsToConstraint",
      false),

  // Conflicts with other users of the database.
  DATABASE_LOCKED(5001, ErrorCategory.CONFLICT, "DatabaseError", "DatabaseLocked", false),
  WRITE_IN_READ_TRANSACTION(
      5002, ErrorCategory.CONFLICT, "TransactionError", "WriteInReadTransaction", false),
  /** A transaction that writes waited longer than it may for those before it. */
  WRITE_TURN_TIMED_OUT(
      5003, ErrorCategory.CONFLICT, "TransactionError", "WriteTurnTimedOut", false),
  /** A query that commits in parts, as a part of a transaction. */
  NESTED_TRANSACTIONS(
      5040, ErrorCategory.CONFLICT, "TransactionError", "NestedTransactions", false),

  // Resources.
  NESTING_TOO_DEEP(6001, ErrorCategory.RESOURCE, "SyntaxError", "NestingTooDeep", true),
  QUERY_TOO_LARGE(6002, ErrorCategory.RESOURCE, "SyntaxError", "QueryTooLarge", true),
  VALUE_TOO_LARGE(6003, ErrorCategory.RESOURCE, "ResourceError", "ValueTooLarge", false),
  LIMIT_REACHED(6004, ErrorCategory.RESOURCE, "ResourceError", "LimitReached", false),
  CANCELLED(6005, ErrorCategory.RESOURCE, "ResourceError", "Cancelled", false),
  /** A query needs more memory than it may use. */
  MEMORY_LIMIT(6100, ErrorCategory.RESOURCE, "ResourceError", "MemoryLimit", false),
  /** A query ran for longer than it may. */
  TIMED_OUT(6101, ErrorCategory.RESOURCE, "ResourceError", "TimedOut", false),

  // Storage.
  IO_FAILED(7001, ErrorCategory.IO, "StorageError", "InputOutputFailed", false),
  FILE_NOT_FOUND(7002, ErrorCategory.IO, "StorageError", "FileNotFound", false),
  FILE_ALREADY_EXISTS(7003, ErrorCategory.IO, "StorageError", "FileAlreadyExists", false),
  NOT_A_DIRECTORY(7004, ErrorCategory.IO, "StorageError", "NotADirectory", false),
  LOG_FAILED(7005, ErrorCategory.IO, "StorageError", "LogFailed", false),
  /** Only in JavaScript: the disk is full, or what the browser grants is used up. */
  STORAGE_FULL(7006, ErrorCategory.IO, "StorageError", "StorageFull", false),
  /** Only in JavaScript: there is no such storage here, or the browser refuses it. */
  STORAGE_UNAVAILABLE(7007, ErrorCategory.IO, "StorageError", "StorageUnavailable", false),
  /** Only in JavaScript: the worker or tab in which the database ran is gone. */
  CONNECTION_LOST(7050, ErrorCategory.IO, "ConnectionError", "ConnectionLost", false),
  /** What LOAD CSV names is not there, or must not be read. */
  CSV_UNAVAILABLE(7040, ErrorCategory.IO, "LoadCsvError", "CsvUnavailable", false),
  /** Only inside JavaScript's half: the query is to be run again when the table has come. */
  CSV_PENDING(7041, ErrorCategory.IO, "LoadCsvError", "CsvPending", false),

  // Damaged, foreign, too old or too new bytes.
  CORRUPTED(8001, ErrorCategory.CORRUPTION, "CorruptionError", "Corrupted", false),
  TRUNCATED(8002, ErrorCategory.CORRUPTION, "CorruptionError", "Truncated", false),
  NOT_OUR_FORMAT(8003, ErrorCategory.CORRUPTION, "CorruptionError", "NotOurFormat", false),
  FORMAT_TOO_NEW(8004, ErrorCategory.CORRUPTION, "CorruptionError", "FormatTooNew", false),
  FORMAT_TOO_OLD(8005, ErrorCategory.CORRUPTION, "CorruptionError", "FormatTooOld", false),
  SEGMENT_MISSING(8006, ErrorCategory.CORRUPTION, "CorruptionError", "SegmentMissing", false),
  FOREIGN_FILE(8007, ErrorCategory.CORRUPTION, "CorruptionError", "ForeignFile", false),
  /** Encrypted bytes were to be read without a password or key. */
  KEY_REQUIRED(8020, ErrorCategory.CORRUPTION, "EncryptionError", "KeyRequired", false),
  /** The password or key is not the one with which the bytes were encrypted. */
  WRONG_KEY(8021, ErrorCategory.CORRUPTION, "EncryptionError", "WrongKey", false),
  /** The password or key is the right one, but the bytes are not those that were encrypted. */
  TAMPERED(8022, ErrorCategory.CORRUPTION, "EncryptionError", "Tampered", false),
  /** A password or key was given for bytes that are not encrypted, so it vouches for nothing. */
  NOT_ENCRYPTED(8023, ErrorCategory.CORRUPTION, "EncryptionError", "NotEncrypted", false),

  // Misuse of the interface, and bugs.
  CLOSED(9001, ErrorCategory.INTERNAL, "UsageError", "Closed", false),
  INVALID_USE(9002, ErrorCategory.INTERNAL, "UsageError", "InvalidUse", false),
  /** Only in JavaScript: the WebAssembly instance trapped and cannot be used any more. */
  INSTANCE_FAILED(9003, ErrorCategory.INTERNAL, "InternalError", "InstanceFailed", false),
  /** Only in JavaScript: the WebAssembly module cannot be fetched, compiled or started. */
  MODULE_NOT_LOADED(9004, ErrorCategory.INTERNAL, "UsageError", "ModuleNotLoaded", false),
  INTERNAL(9999, ErrorCategory.INTERNAL, "InternalError", "Internal", false);

  private final int number;
  private final ErrorCategory category;
  private final String type;
  private final String detail;
  private final boolean compileTime;

  ErrorCode(int number, ErrorCategory category, String type, String detail, boolean compileTime) {
    this.number = number;
    this.category = category;
    this.type = type;
    this.detail = detail;
    this.compileTime = compileTime;
  }

  /** The number of this code; its thousands are its category. */
  public int number() {
    return number;
  }

  public ErrorCategory category() {
    return category;
  }

  /** The openCypher error type, such as {@code SyntaxError}. */
  public String type() {
    return type;
  }

  /** The openCypher error detail, such as {@code UndefinedVariable}. */
  public String detail() {
    return detail;
  }

  /** Whether the error is found before the first row is produced or the first change is made. */
  public boolean compileTime() {
    return compileTime;
  }

  /**
   * The status code under which Neo4j's drivers know such an error, such as {@code
   * Neo.ClientError.Statement.SyntaxError}, for programs that come from there; empty where none
   * fits. Several codes may share one.
   */
  public String neo4jStatus() {
    return switch (this) {
      case PROCEDURE_NOT_FOUND -> "Neo.ClientError.Procedure.ProcedureNotFound";
      case PROCEDURE_FAILED, FUNCTION_FAILED -> "Neo.ClientError.Procedure.ProcedureCallFailed";
      case MISSING_PARAMETER -> "Neo.ClientError.Statement.ParameterMissing";
      case INTEGER_OVERFLOW, DIVISION_BY_ZERO -> "Neo.ClientError.Statement.ArithmeticError";
      case DELETED_ENTITY_ACCESS -> "Neo.ClientError.Statement.EntityNotFound";
      case DELETE_CONNECTED_NODE, MERGE_WITH_NULL_PROPERTY ->
          "Neo.ClientError.Schema.ConstraintValidationFailed";
      case INDEX_ALREADY_EXISTS -> "Neo.ClientError.Schema.IndexAlreadyExists";
      case INDEX_NOT_FOUND -> "Neo.ClientError.Schema.IndexNotFound";
      case WRITE_IN_READ_TRANSACTION -> "Neo.ClientError.Statement.AccessMode";
      case DATABASE_LOCKED -> "Neo.TransientError.General.DatabaseUnavailable";
      case WRITE_TURN_TIMED_OUT -> "Neo.TransientError.Transaction.LockAcquisitionTimeout";
      case CANCELLED -> "Neo.ClientError.Transaction.TransactionTerminated";
      case CLOSED -> "Neo.ClientError.Transaction.TransactionNotFound";
      case VALUE_TOO_LARGE, LIMIT_REACHED -> "Neo.ClientError.Statement.ArgumentError";
      case INTERNAL, INSTANCE_FAILED -> "Neo.DatabaseError.General.UnknownError";
      default ->
          switch (category) {
            case SYNTAX, SEMANTIC -> "Neo.ClientError.Statement.SyntaxError";
            case EXECUTION ->
                type.equals("TypeError")
                    ? "Neo.ClientError.Statement.TypeError"
                    : "Neo.ClientError.Statement.ArgumentError";
            case CONSTRAINT -> "Neo.ClientError.Schema.ConstraintValidationFailed";
            case RESOURCE -> "Neo.TransientError.General.OutOfMemoryError";
            case CONFLICT, IO, CORRUPTION, INTERNAL -> "";
          };
    };
  }
}
