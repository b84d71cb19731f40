package org.weftdb.value;

import org.jspecify.annotations.Nullable;

/** The coordinate systems that a {@link Point} may be of. */
public enum CoordinateSystem {
  WGS_84(4326, "wgs-84", 2, true),
  WGS_84_3D(4979, "wgs-84-3d", 3, true),
  CARTESIAN(7203, "cartesian", 2, false),
  CARTESIAN_3D(9157, "cartesian-3d", 3, false);

  private final int srid;
  private final String text;
  private final int dimensions;
  private final boolean geographic;

  CoordinateSystem(int srid, String text, int dimensions, boolean geographic) {
    this.srid = srid;
    this.text = text;
    this.dimensions = dimensions;
    this.geographic = geographic;
  }

  /** The number by which the system is known. */
  public int srid() {
    return srid;
  }

  /** The name by which the system is known, such as {@code wgs-84-3d}. */
  public String text() {
    return text;
  }

  /** 2 or 3. */
  public int dimensions() {
    return dimensions;
  }

  /** Whether coordinates are a longitude, a latitude (in degrees) and a height (in metres). */
  public boolean isGeographic() {
    return geographic;
  }

  /** The system of a kind and a number of dimensions. */
  public static CoordinateSystem of(boolean geographic, int dimensions) {
    if (geographic) {
      return dimensions == 3 ? WGS_84_3D : WGS_84;
    }
    return dimensions == 3 ? CARTESIAN_3D : CARTESIAN;
  }

  /** The system with this number, or null. */
  public static @Nullable CoordinateSystem ofSrid(long srid) {
    for (CoordinateSystem system : values()) {
      if (system.srid == srid) {
        return system;
      }
    }
    return null;
  }

  /** The system with this name, in any case, or null. */
  public static @Nullable CoordinateSystem ofText(String text) {
    for (CoordinateSystem system : values()) {
      if (system.text.equalsIgnoreCase(text)) {
        return system;
      }
    }
    return null;
  }
}
