// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.security.SecureRandom;
import org.cofferdam.core.rego.CallContext;

/** The randomness of an evaluation in the form that signatures take it. */
final class RandomOf extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient CallContext context;

  RandomOf(CallContext context) {
    super(null, null);
    this.context = context;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    context.random().nextBytes(bytes);
  }
}
