// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;

/**
 * What a cluster's nodes do by themselves: the mounts, environment and annotations that containerd,
 * the kubelet and Kata add to each container. The form is that of Kata's {@code
 * genpolicy-settings.json}. A member {@code cofferdam} of our own says {@code "strict": true};
 * settings without it ask for no more than the rules that Kata itself documents.
 *
 * @param root the whole document
 */
public record PolicySettings(Json.Obj root) {
  private static final String FORM = "policy settings";

  /** For containerd 1.7 to 2.2 with Kata 4, strict. */
  public static PolicySettings builtIn() {
    try (InputStream in = PolicySettings.class.getResourceAsStream("settings.json")) {
      if (in == null) {
        throw new IllegalStateException("settings.json is not in the module");
      }
      return new PolicySettings(Json.parse(in.readAllBytes()).asObject(FORM));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param patches JSON Patches (RFC 6902), applied in order
   * @throws MalformedEvidenceException where the document or a patch has not the form
   */
  public static PolicySettings of(Json document, List<Json> patches) {
    Json result = document;
    for (Json patch : patches) {
      result = JsonPatch.apply(result, patch);
    }
    PolicySettings settings = new PolicySettings(result.asObject(FORM));
    for (String name :
        List.of("pause_container", "other_container", "volumes", "common", "request_defaults")) {
      settings.root.object(name);
    }
    return settings;
  }

  /** Requests must be complete, in order and about ids that agree. */
  boolean strict() {
    return flag(false, "cofferdam", "strict");
  }

  /** The guest fetches images itself, past the node. */
  public boolean guestPull() {
    return flag(false, "cluster_config", "guest_pull");
  }

  /** A text of {@code common} with the others of it filled in. */
  String common(String name) {
    return filled(text("", "common", name));
  }

  /** Fills in the placeholders whose values the settings have. */
  String filled(String pattern) {
    String text = pattern;
    for (String name : List.of("sfprefix", "cpath", "spath", "root_path")) {
      text = text.replace("$(" + name + ")", text("", "common", name));
    }
    for (String name : List.of("ip_p", "ipv4_a", "svc_name_downward_env", "dns_label", "cpath")) {
      text = text.replace("$(" + name + ")", text("", "common", name));
    }
    return text;
  }

  /** The value there, empty where there is none. */
  Optional<Json> at(String... path) {
    Json value = root;
    for (String name : path) {
      if (!(value instanceof Json.Obj object) || object.get(name).isEmpty()) {
        return Optional.empty();
      }
      value = object.require(name);
    }
    return Optional.of(value).filter(v -> v != Json.Null.NULL);
  }

  String text(String absent, String... path) {
    return at(path).map(v -> v.asString(path[path.length - 1])).orElse(absent);
  }

  boolean flag(boolean absent, String... path) {
    return at(path).map(v -> v.asBoolean(path[path.length - 1])).orElse(absent);
  }

  long number(long absent, String... path) {
    return at(path).map(v -> v.asLong(path[path.length - 1])).orElse(absent);
  }

  List<String> texts(String... path) {
    String name = path[path.length - 1];
    return at(path)
        .map(v -> v.asArray(name).stream().map(i -> i.asString(name)).toList())
        .orElse(List.of());
  }

  List<Json.Obj> objects(String... path) {
    String name = path[path.length - 1];
    return at(path)
        .map(v -> v.asArray(name).stream().map(i -> i.asObject(name)).toList())
        .orElse(List.of());
  }
}
