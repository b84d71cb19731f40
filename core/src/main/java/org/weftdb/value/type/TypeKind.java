package org.weftdb.value.type;

import org.jspecify.annotations.Nullable;
import org.weftdb.value.ValueType;

/** The types that have a name, in the order in which alternatives are written. */
public enum TypeKind {
  BOOLEAN("BOOLEAN", ValueType.BOOLEAN),
  STRING("STRING", ValueType.STRING),
  BYTES("BYTES", ValueType.BYTES),
  INTEGER("INTEGER", ValueType.INTEGER),
  FLOAT("FLOAT", ValueType.FLOAT),
  DATE("DATE", ValueType.DATE),
  LOCAL_TIME("LOCAL TIME", ValueType.LOCAL_TIME),
  ZONED_TIME("ZONED TIME", ValueType.ZONED_TIME),
  LOCAL_DATETIME("LOCAL DATETIME", ValueType.LOCAL_DATETIME),
  ZONED_DATETIME("ZONED DATETIME", ValueType.ZONED_DATETIME),
  DURATION("DURATION", ValueType.DURATION),
  POINT("POINT", ValueType.POINT),
  VECTOR("VECTOR", ValueType.VECTOR),
  NODE("NODE", ValueType.NODE),
  RELATIONSHIP("RELATIONSHIP", ValueType.RELATIONSHIP),
  MAP("MAP", ValueType.MAP),
  LIST("LIST", ValueType.LIST),
  PATH("PATH", ValueType.PATH),
  /** Whatever a property can hold. */
  PROPERTY_VALUE("PROPERTY VALUE", null),
  ANY("ANY", null);

  private final String text;
  private final @Nullable ValueType valueType;

  TypeKind(String text, @Nullable ValueType valueType) {
    this.text = text;
    this.valueType = valueType;
  }

  /** As Cypher writes it, without element types. */
  public String text() {
    return text;
  }

  /** The type of the values of this kind; null when they are of several. */
  public @Nullable ValueType valueType() {
    return valueType;
  }
}
