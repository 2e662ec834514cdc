// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern.convert;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.workload.images.ImageConfig;
import org.cofferdam.workload.model.ConfigData;
import org.cofferdam.workload.model.ContainerSpec;
import org.cofferdam.workload.model.EnvFrom;
import org.cofferdam.workload.model.EnvVar;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.pattern.SecretBinding;

/**
 * The environment of one container: the image's, then {@code envFrom}, then {@code env}, later ones
 * winning. Values of Secrets become bindings; all others are fixed here and measured.
 */
final class ContainerEnv {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Set<String> CHOSEN_BY_NODE =
      Set.of(
          "status.podIP",
          "status.podIPs",
          "status.hostIP",
          "status.hostIPs",
          "spec.nodeName",
          "metadata.uid");

  private final Scope scope;
  private final ContainerSpec container;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, SecretBinding> secrets = new LinkedHashMap<>();

  ContainerEnv(Scope scope, ContainerSpec container, ImageConfig image, String hostname) {
    this.scope = scope;
    this.container = container;
    values.put("PATH", DEFAULT_PATH);
    for (String item : image.env()) {
      int equals = item.indexOf('=');
      if (equals > 0) {
        values.put(item.substring(0, equals), item.substring(equals + 1));
      }
    }
    values.put("HOSTNAME", hostname);
    container.envFrom().forEach(this::addAll);
    container.env().forEach(this::add);
  }

  /** {@code NAME=VALUE}, sorted by name. */
  List<String> variables() {
    return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted().toList();
  }

  List<SecretBinding> bindings() {
    return List.copyOf(secrets.values());
  }

  /** Expands references in the texts; one to a secret is an error. */
  List<String> expand(List<String> texts, Node at) {
    Expansion expansion = new Expansion(values, secrets.keySet());
    List<String> expanded = new ArrayList<>();
    texts.forEach(t -> expanded.add(expansion.expand(t)));
    refuse(expansion, at);
    return expanded;
  }

  private void refuse(Expansion expansion, Node at) {
    for (String name : expansion.secretsUsed()) {
      scope
          .notes()
          .error(
              "secret-in-text",
              at,
              "The text refers to $("
                  + name
                  + "), which is a secret: what runs is measured before the secret is given.",
              "Let the program read the variable itself, or start it through a shell with ${"
                  + name
                  + "}.");
    }
  }

  private void add(EnvVar variable) {
    String name = variable.name();
    switch (variable.from()) {
      case EnvVar.Literal l -> {
        Expansion expansion = new Expansion(values, secrets.keySet());
        set(name, expansion.expand(l.value()));
        refuse(expansion, variable.node());
      }
      case EnvVar.SecretKey s -> secret(variable.node(), name, s);
      case EnvVar.ConfigMapKey c -> configMap(variable.node(), name, c);
      case EnvVar.FieldRef f -> field(variable.node(), name, f.path());
      case EnvVar.Other o ->
          scope
              .notes()
              .error(
                  "env-source",
                  variable.node(),
                  "The value of " + name + " comes from " + o.kind() + ", which the node decides.",
                  "Write the value into the manifest, where it is measured.");
    }
  }

  private void secret(Node at, String name, EnvVar.SecretKey ref) {
    Optional<ConfigData> data = scope.bundle().secret(scope.workload().namespace(), ref.secret());
    if (data.isPresent() && !data.get().values().containsKey(ref.key())) {
      if (!ref.optional()) {
        missing(at, "Secret", ref.secret(), ref.key());
      }
      return;
    }
    bind(name, ref.secret(), ref.key());
  }

  private void configMap(Node at, String name, EnvVar.ConfigMapKey ref) {
    Optional<SecretBytes> value =
        scope
            .bundle()
            .configMap(scope.workload().namespace(), ref.configMap())
            .map(d -> d.values().get(ref.key()));
    if (value.isPresent()) {
      set(name, text(at, value.get()));
    } else if (!ref.optional()) {
      missing(at, "ConfigMap", ref.configMap(), ref.key());
    }
  }

  private void field(Node at, String name, String path) {
    Optional<String> value =
        switch (path) {
          case "metadata.name" -> Optional.of(scope.workload().name());
          case "metadata.namespace" -> Optional.of(scope.workload().namespace());
          case "spec.serviceAccountName" ->
              scope
                  .workload()
                  .pod()
                  .spec()
                  .text("serviceAccountName")
                  .or(() -> Optional.of("default"));
          default -> mapped(path);
        };
    if (value.isPresent()) {
      set(name, value.get());
    } else {
      scope
          .notes()
          .error(
              "env-downward",
              at,
              CHOSEN_BY_NODE.contains(path)
                  ? path + " is chosen by the node and could have any value."
                  : path + " is not in the manifest.",
              "Take the variable out, or write its value into the manifest.");
    }
  }

  /** {@code metadata.labels['x']} and the same of annotations. */
  private Optional<String> mapped(String path) {
    int open = path.indexOf("['");
    if (open < 0 || !path.endsWith("']")) {
      return Optional.empty();
    }
    String key = path.substring(open + 2, path.length() - 2);
    return switch (path.substring(0, open)) {
      case "metadata.labels" -> Optional.ofNullable(scope.workload().pod().labels().get(key));
      case "metadata.annotations" ->
          Optional.ofNullable(scope.workload().pod().annotations().get(key));
      default -> Optional.empty();
    };
  }

  private void addAll(EnvFrom from) {
    boolean secret = from.kind() == EnvFrom.Kind.SECRET;
    String namespace = scope.workload().namespace();
    Optional<ConfigData> data =
        secret
            ? scope.bundle().secret(namespace, from.name())
            : scope.bundle().configMap(namespace, from.name());
    if (data.isEmpty()) {
      if (!from.optional()) {
        missing(from.node(), secret ? "Secret" : "ConfigMap", from.name(), "");
      }
      return;
    }
    for (String key : new TreeSet<>(data.get().values().keySet())) {
      String name = from.prefix() + key;
      if (!name.matches("[-._a-zA-Z][-._a-zA-Z0-9]*")) {
        continue;
      }
      SecretBytes value = data.get().values().get(key);
      if (secret) {
        bind(name, from.name(), key);
      } else if (value != null) {
        set(name, text(from.node(), value));
      }
    }
  }

  private void bind(String name, String secret, String key) {
    values.remove(name);
    secrets.put(name, SecretBinding.env(scope.resource(secret, key), container.name(), name));
  }

  private void set(String name, String value) {
    secrets.remove(name);
    values.put(name, value);
  }

  private String text(Node at, SecretBytes value) {
    return value.lend(
        bytes -> {
          try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
          } catch (CharacterCodingException e) {
            scope
                .notes()
                .error(
                    "env-binary",
                    at,
                    "The value is no UTF-8 text and cannot be an environment variable.",
                    "Mount it as a file.");
            return "";
          }
        });
  }

  private void missing(Node at, String kind, String name, String key) {
    scope
        .notes()
        .error(
            "reference-missing",
            at,
            "The "
                + kind
                + " "
                + name
                + (key.isEmpty() ? "" : " with the key " + key)
                + " is needed and was not given.",
            "Give the " + kind + "'s manifest beside the workload.");
  }
}
