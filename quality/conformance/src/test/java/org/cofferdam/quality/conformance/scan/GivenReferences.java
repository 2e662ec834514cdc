// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.scan;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.EnvFrom;
import org.cofferdam.workload.model.EnvVar;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.VolumeSpec;
import org.cofferdam.workload.model.Workload;

/**
 * The ConfigMaps and Secrets that a workload names and nobody gave: the fix of {@code
 * pod.reference-missing} is to give them.
 */
final class GivenReferences {
  private final Map<String, Set<String>> secrets = new TreeMap<>();
  private final Map<String, Set<String>> configMaps = new TreeMap<>();

  GivenReferences(Workload workload) {
    workload.pod().all().forEach(this::container);
    for (VolumeSpec volume : workload.pod().volumes()) {
      if (volume.kind().equals("secret")) {
        Set<String> keys = keys(secrets, volume.source().text("secretName").orElse(""));
        volume.items().forEach(i -> keys.add(i.key()));
      }
    }
  }

  private void container(ContainerSpec container) {
    for (EnvVar variable : container.env()) {
      switch (variable.from()) {
        case EnvVar.SecretKey k -> keys(secrets, k.secret()).add(k.key());
        case EnvVar.ConfigMapKey k -> keys(configMaps, k.configMap()).add(k.key());
        case EnvVar.Literal l -> {}
        case EnvVar.FieldRef f -> {}
        case EnvVar.Other o -> {}
      }
    }
    for (EnvFrom from : container.envFrom()) {
      keys(from.kind() == EnvFrom.Kind.SECRET ? secrets : configMaps, from.name());
    }
  }

  private static Set<String> keys(Map<String, Set<String>> objects, String name) {
    return objects.computeIfAbsent(name, n -> new TreeSet<>());
  }

  /** The missing ones as documents. */
  String documents(Workload workload, Bundle bundle) {
    StringBuilder text = new StringBuilder();
    secrets.forEach(
        (name, keys) -> {
          if (bundle.secret(workload.namespace(), name).isEmpty()) {
            text.append(object("Secret", workload, name, keys));
          }
        });
    configMaps.forEach(
        (name, keys) -> {
          if (bundle.configMap(workload.namespace(), name).isEmpty()) {
            text.append(object("ConfigMap", workload, name, keys));
          }
        });
    return text.toString();
  }

  private static String object(String kind, Workload workload, String name, Set<String> keys) {
    Json.Builder data = Json.object();
    for (String key : keys.isEmpty() ? Set.of("KEY") : keys) {
      data.put(
          key,
          kind.equals("Secret")
              ? Base64.getEncoder().encodeToString("x".getBytes(StandardCharsets.UTF_8))
              : "x");
    }
    Json metadata = Json.object().put("name", name).put("namespace", workload.namespace()).build();
    return "---\n"
        + Json.object()
            .put("apiVersion", "v1")
            .put("kind", kind)
            .put("metadata", metadata)
            .put("data", data.build())
            .build()
            .write()
        + "\n";
  }

  /** The documents beside workloads that were given, as text again. */
  static String context(Bundle bundle) {
    StringBuilder text = new StringBuilder();
    bundle.configMaps().forEach(d -> text.append(document(d.document().root())));
    bundle.secrets().forEach(d -> text.append(document(d.document().root())));
    return text.toString();
  }

  private static String document(Node root) {
    return "---\n" + root.toJson().write() + "\n";
  }
}
