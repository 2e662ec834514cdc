// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import java.util.Locale;

/** What kind of fault it was; the names in lower case are OPA's own. */
public enum ErrorCode {
  /** The text is no Rego. */
  REGO_PARSE_ERROR,
  /** The text is Rego, but the rules do not fit together. */
  REGO_COMPILE_ERROR,
  /** A call with the wrong number of arguments, or of a function that does not exist. */
  REGO_TYPE_ERROR,
  /** A variable that nothing binds. */
  REGO_UNSAFE_VAR_ERROR,
  /** A rule that depends on itself. */
  REGO_RECURSION_ERROR,
  /** Two results where there can be one. */
  EVAL_CONFLICT_ERROR,
  /** A built-in was given a value of the wrong type. */
  EVAL_TYPE_ERROR,
  /** A built-in failed. */
  EVAL_BUILTIN_ERROR,
  /** {@code with} cannot be applied to this document. */
  EVAL_WITH_MERGE_ERROR,
  /** Evaluation was given up: one of {@link Limits} was reached. */
  EVAL_CANCEL_ERROR;

  /** The name as it is printed. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
