// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.schema;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.cofferdam.core.rego.value.RegoArray;
import org.cofferdam.core.rego.value.RegoNumber;
import org.cofferdam.core.rego.value.RegoObject;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.jspecify.annotations.Nullable;

/** Where the references of a schema lead: to pointers and to identifiers inside it. */
final class References {
  private static final int MAX_DEPTH = 200;

  private final Map<String, Found> byUri = new HashMap<>();
  private final Value root;
  private final String rootBase;

  /** A schema with its address and the address that its own references start from. */
  record Found(String uri, Value schema, String base) {}

  References(Value root) {
    this.root = root;
    rootBase = root instanceof RegoObject o ? base(o, "") : "";
    collect(root, rootBase, 0);
    byUri.put(rootBase, new Found(rootBase, root, rootBase));
  }

  String base() {
    return rootBase;
  }

  /** The address of a schema: its identifier, or the one of the schema around it. */
  String base(RegoObject schema, String around) {
    Value id = schema.get("$id");
    if (id == null) {
      id = schema.get("id");
    }
    if (!(id instanceof RegoString s) || schema.get("$ref") != null) {
      return around;
    }
    return strip(resolve(around, s.value()));
  }

  private static String strip(String uri) {
    return uri.endsWith("#") ? uri.substring(0, uri.length() - 1) : uri;
  }

  private static String resolve(String base, String reference) {
    try {
      URI r = URI.create(reference);
      if (base.isEmpty() || r.isAbsolute()) {
        return reference;
      }
      int hash = base.indexOf('#');
      String document = hash < 0 ? base : base.substring(0, hash);
      return reference.startsWith("#")
          ? document + reference
          : URI.create(document).resolve(r).toString();
    } catch (IllegalArgumentException e) {
      throw new SchemaException("Reference " + reference + " must be canonical");
    }
  }

  private void collect(Value v, String base, int depth) {
    if (depth > MAX_DEPTH) {
      throw new SchemaException("nested too deep");
    }
    if (v instanceof RegoObject o) {
      String here = base(o, base);
      if (!here.equals(base)) {
        byUri.putIfAbsent(here, new Found(here, o, here));
      }
      for (int i = 0; i < o.size(); i++) {
        // What is a value is no schema, whatever it looks like.
        if (!o.keyAt(i).equals(RegoString.of("enum"))
            && !o.keyAt(i).equals(RegoString.of("const"))) {
          collect(o.valueAt(i), here, depth + 1);
        }
      }
    } else if (v instanceof RegoArray a) {
      a.items().forEach(x -> collect(x, base, depth + 1));
    }
  }

  Found find(String reference, String base) {
    String uri = strip(resolve(base, reference));
    Found known = byUri.get(uri);
    if (known != null) {
      return known;
    }
    int hash = uri.indexOf('#');
    String document = hash < 0 ? uri : uri.substring(0, hash);
    Found start = document.isEmpty() ? new Found("", root, rootBase) : byUri.get(document);
    if (hash < 0 || start == null || (hash + 1 < uri.length() && uri.charAt(hash + 1) != '/')) {
      throw new SchemaException(
          "Reference " + reference + " leads out of the schema, and nothing is fetched");
    }
    Value v = start.schema;
    String at = start.base;
    for (String step : pointer(uri.substring(hash + 1))) {
      v = step(v, step);
      if (v == null) {
        throw new SchemaException("Object has no key '" + step + "'");
      }
      at = v instanceof RegoObject o ? base(o, at) : at;
    }
    return new Found(uri, v, at);
  }

  private static String[] pointer(String fragment) {
    if (fragment.isEmpty()) {
      return new String[0];
    }
    String decoded;
    try {
      decoded =
          java.net.URLDecoder.decode(
              fragment.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new SchemaException("Reference #" + fragment + " must be canonical");
    }
    String[] steps = decoded.substring(1).split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      steps[i] = steps[i].replace("~1", "/").replace("~0", "~");
    }
    return steps;
  }

  private static @Nullable Value step(Value v, String step) {
    return v instanceof RegoArray && step.matches("\\d{1,9}")
        ? v.get(RegoNumber.of(Long.parseLong(step)))
        : v.get(RegoString.of(step));
  }
}
