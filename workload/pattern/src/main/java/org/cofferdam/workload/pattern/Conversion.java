// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.pattern;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.workload.images.Image;

/**
 * What a workload becomes under a pattern. The same inputs give the same bytes.
 *
 * @param pattern its name
 * @param namespace of the workload
 * @param name of the workload
 * @param files what is written below the output folder: path with {@code /} → bytes, in the order
 *     of writing. There are none where {@code findings} has an error.
 * @param policy key into {@code files}, or empty: what the guest holds the control plane to
 * @param initdata key into {@code files}, or empty: the measured init-data
 * @param pod what the init-data says runs; an empty object where nothing could be converted
 * @param images in order of first use
 * @param bindings which secret goes where
 * @param secrets the values that were in the manifests, by resource; they go to the broker and into
 *     no file
 * @param changes every edit of the manifests
 * @param findings of the conversion; an error means that it was not done
 * @param open what stays possible for the control plane
 */
public record Conversion(
    String pattern,
    String namespace,
    String name,
    Map<String, byte[]> files,
    Optional<String> policy,
    Optional<String> initdata,
    Json.Obj pod,
    List<Image> images,
    List<SecretBinding> bindings,
    Map<String, SecretBytes> secrets,
    List<Change> changes,
    List<Finding> findings,
    List<OpenEntry> open) {
  public Conversion {
    images = List.copyOf(images);
    bindings = List.copyOf(bindings);
    changes = List.copyOf(changes);
    findings = List.copyOf(findings);
    open = List.copyOf(open);
  }

  /** {@code namespace/name}. */
  public String workload() {
    return namespace + "/" + name;
  }

  /** Nothing stood in the way. */
  public boolean done() {
    return findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
  }

  private Optional<byte[]> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** The exact, measured bytes of the init-data. */
  public Optional<byte[]> initdataBytes() {
    return initdata.flatMap(this::file);
  }

  /**
   * One entry of {@code convert}'s result.
   *
   * @param folder in front of every path: where this conversion was written
   */
  public Json toJson(String folder) {
    Json.Builder json =
        Json.object()
            .put("name", name)
            .put("namespace", namespace)
            .put("pattern", pattern)
            .put("files", Json.strings(files.keySet().stream().map(f -> folder + f).toList()))
            .put("changes", Json.array(changes.stream().map(Change::toJson).toList()))
            .put("findings", Json.array(findings.stream().map(Finding::toJson).toList()))
            .put("policy", Json.nullable(policy.map(f -> folder + f).orElse(null)))
            .put("initdata", Json.nullable(initdata.map(f -> folder + f).orElse(null)))
            .put("references", Json.Null.NULL)
            .put("secrets", Json.strings(secrets.keySet()))
            .put("open", Json.array(open.stream().map(OpenEntry::toJson).toList()));
    policy.flatMap(this::file).ifPresent(bytes -> json.put("policyBytes", bytes.length));
    return json.build();
  }
}
