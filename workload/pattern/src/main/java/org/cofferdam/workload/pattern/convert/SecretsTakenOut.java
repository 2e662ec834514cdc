// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.convert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.workload.model.ConfigData;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.Change;
import org.cofferdam.workload.pattern.SecretBinding;

/**
 * Takes the values of the Secrets that the workload uses out of the manifests: each is replaced by
 * the broker's name for it, so that what is given to the control plane holds no secret any more.
 */
public final class SecretsTakenOut {
  private final Map<String, SecretBytes> values = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();

  public SecretsTakenOut(Scope scope, List<SecretBinding> bindings) {
    this(
        scope,
        r -> bindings.stream().anyMatch(b -> b.resource().equals(r)),
        r -> "kbs:///" + r,
        "The value goes to the broker, which gives it to the attested guest only.");
  }

  /**
   * @param taken which of the broker's names are taken out
   * @param instead what stands in the manifest for one
   * @param why for the changes
   */
  public SecretsTakenOut(
      Scope scope, Predicate<String> taken, UnaryOperator<String> instead, String why) {
    for (ConfigData secret : scope.bundle().secrets()) {
      if (!secret.namespace().equals(scope.workload().namespace())) {
        continue;
      }
      secret
          .values()
          .forEach(
              (key, value) -> {
                String resource = scope.resource(secret.name(), key);
                if (taken.test(resource)) {
                  String text = instead.apply(resource);
                  values.put(resource, value);
                  replace(secret, "stringData", key, text, why);
                  replace(
                      secret,
                      "data",
                      key,
                      Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)),
                      why);
                }
              });
    }
  }

  /** By the broker's name. */
  public Map<String, SecretBytes> values() {
    return values;
  }

  public List<Change> changes() {
    return changes;
  }

  private void replace(ConfigData secret, String field, String key, String text, String why) {
    Optional<Node> node = secret.document().root().at(field, key);
    if (node.isEmpty()) {
      return;
    }
    int end = node.get().span().end();
    boolean wholeLines = secret.document().source().text().startsWith("\n", end - 1);
    changes.add(
        new Change(
            node.get().place(), node.get().span(), "", wholeLines ? text + "\n" : text, why));
  }
}
