// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

/** The only exception that parsing, compiling and evaluating throw. */
public final class RegoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient Location location;
  private final String detail;

  public RegoException(ErrorCode code, Location location, String detail) {
    super(place(code, location) + code.id() + ": " + detail, null, false, false);
    this.code = code;
    this.location = location;
    this.detail = detail;
  }

  private static String place(ErrorCode code, Location at) {
    if (at.equals(Location.NONE)) {
      return "";
    }
    // Faults of an evaluation belong to a literal, which its line names well enough.
    boolean line = code.name().startsWith("EVAL") && !at.file().isEmpty();
    return (line ? at.file() + ":" + at.row() : at.toString()) + ": ";
  }

  public ErrorCode code() {
    return code;
  }

  public Location location() {
    return location;
  }

  /** The message without place and code. */
  public String detail() {
    return detail;
  }

  /** The same fault at another place. */
  public RegoException at(Location place) {
    return new RegoException(code, place, detail);
  }
}
