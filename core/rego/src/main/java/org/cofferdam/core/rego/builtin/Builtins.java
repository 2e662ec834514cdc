// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego.builtin;

import java.util.Map;
import org.cofferdam.core.rego.Builtin;

/** All built-ins by name. */
public final class Builtins {
  private Builtins() {}

  /** A fresh map of what is built in. */
  public static Map<String, Builtin> all() {
    Registry r = new Registry();
    Comparison.register(r);
    Numbers.register(r);
    Bits.register(r);
    Aggregates.register(r);
    Arrays.register(r);
    Sets.register(r);
    Objects.register(r);
    Types.register(r);
    Strings.register(r);
    Sprintf.register(r);
    Regex.register(r);
    Glob.register(r);
    Encoding.register(r);
    JsonPaths.register(r);
    JsonPatch.register(r);
    Semver.register(r);
    Units.register(r);
    Graph.register(r);
    Hashes.register(r);
    Times.register(r);
    Cidr.register(r);
    Uuid.register(r);
    Uri.register(r);
    Yaml.register(r);
    Jwt.register(r);
    Certificates.register(r);
    GraphQls.register(r);
    JsonSchemas.register(r);
    AwsSigning.register(r);
    Reflection.register(r);
    Misc.register(r);
    return r.all();
  }
}
