// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.function.Supplier;
import org.cofferdam.core.rego.BuiltinException;
import org.cofferdam.core.rego.CallContext;
import org.cofferdam.core.rego.graphql.GraphQl;
import org.cofferdam.core.rego.graphql.GraphQlException;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoBoolean;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;

/** {@code graphql.*}. */
final class GraphQls {
  private GraphQls() {}

  static void register(Registry r) {
    r.one("graphql.parse_query", v -> failing(() -> GraphQl.query(Args.string(v, 1)).tree()));
    r.one("graphql.parse_schema", v -> failing(() -> GraphQl.schema(Args.string(v, 1)).tree()));
    r.add(
        "graphql.parse",
        2,
        (c, a) ->
            failing(
                () -> {
                  GraphQl.Query q = query(a[0]);
                  GraphQl.SchemaText s = schema(a[1], 2);
                  GraphQl.check(s, q, () -> c.work(1));
                  return RegoArray.of(q.tree(), s.tree());
                }));
    r.add("graphql.parse_and_verify", 2, GraphQls::parseAndVerify);
    r.add(
        "graphql.is_valid",
        2,
        (c, a) -> {
          try {
            GraphQl.check(schema(a[1], 2), query(a[0]), () -> c.work(1));
            return RegoBoolean.TRUE;
          } catch (GraphQlException | BuiltinException e) {
            return RegoBoolean.FALSE;
          }
        });
    r.one(
        "graphql.schema_is_valid",
        v -> {
          try {
            GraphQl.check(schema(v, 1));
            return RegoBoolean.TRUE;
          } catch (GraphQlException | BuiltinException e) {
            return RegoBoolean.FALSE;
          }
        });
  }

  private static Value parseAndVerify(CallContext c, Value[] a) {
    try {
      GraphQl.Query q = query(a[0]);
      GraphQl.SchemaText s = schema(a[1], 2);
      GraphQl.check(s, q, () -> c.work(1));
      return RegoArray.of(RegoBoolean.TRUE, q.tree(), s.tree());
    } catch (GraphQlException | BuiltinException e) {
      return RegoArray.of(RegoBoolean.FALSE, RegoObject.EMPTY, RegoObject.EMPTY);
    }
  }

  private static Value failing(Supplier<Value> work) {
    try {
      return work.get();
    } catch (GraphQlException e) {
      throw BuiltinException.failed(String.valueOf(e.getMessage()));
    }
  }

  private static GraphQl.Query query(Value v) {
    return switch (v) {
      case RegoString s -> GraphQl.query(s.value());
      case RegoObject o -> GraphQl.query(o);
      default -> throw Args.wrong(1, v, "string", "object");
    };
  }

  private static GraphQl.SchemaText schema(Value v, int n) {
    return switch (v) {
      case RegoString s -> GraphQl.schema(s.value());
      case RegoObject o -> GraphQl.schema(o);
      default -> throw Args.wrong(n, v, "string", "object");
    };
  }
}
