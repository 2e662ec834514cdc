// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.RegoException;
import org.cofferdam.core.rego.syntax.Parser;
import org.cofferdam.core.rego.syntax.TreeWriter;
import org.cofferdam.core.rego.value.Value;

/** {@code rego.*}: policies about policies. */
final class Reflection {
  private Reflection() {}

  static void register(Registry r) {
    r.add("rego.parse_module", 2, Reflection::parse);
    // In a rule the compiler puts the annotations in the place of these calls.
    for (String name : new String[] {"rego.metadata.chain", "rego.metadata.rule"}) {
      r.add(
          name,
          0,
          (c, a) -> {
            throw BuiltinException.failed(
                "the " + name + " function must only be called within the scope of a rule");
          });
    }
  }

  private static Value parse(CallContext c, Value[] a) {
    String text = Args.string(a[1], 2);
    c.work(text.length());
    try {
      Value tree = TreeWriter.module(Parser.module(Args.string(a[0], 1), text, true));
      Sizes.charge(c, tree);
      return tree;
    } catch (RegoException e) {
      throw BuiltinException.failed(String.valueOf(e.getMessage()));
    }
  }
}
