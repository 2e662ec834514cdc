// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.convert.KataInputs;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.initdata.InitDataDocument;
import org.cofferdam.core.protocol.initdata.InitDataEnvelope;
import org.cofferdam.patterns.pod.kata.KataOptions;
import org.cofferdam.patterns.pod.policy.PodPolicy;
import org.cofferdam.patterns.pod.policy.PolicyText;
import org.cofferdam.patterns.pod.policy.Remedies;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.Severity;
import org.cofferdam.workload.pattern.convert.Notes;
import org.cofferdam.workload.pattern.convert.Scope;

/** Policies from wherever they are: a text, init-data in any of its forms, or a manifest. */
final class PolicyFile {
  private static final String ENTRY = "policy.rego";
  private static final int MAX_BYTES = 32 << 20;

  private PolicyFile() {}

  static byte[] bytes(String file) {
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return bytes;
      }
      throw new IOException("larger than 32 MiB");
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNDECIDED, file + " cannot be read.", "Check the name and the permissions.", e);
    }
  }

  /** The one policy in a file. */
  static String read(String file) {
    Map<String, String> all = extract(file);
    if (all.size() != 1) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          all.isEmpty()
              ? "There is no policy in " + file + "."
              : file
                  + " has policies of several workloads: "
                  + String.join(", ", all.keySet())
                  + ".",
          "Give a policy, or init-data or a manifest that has one.");
    }
    return all.values().iterator().next();
  }

  /** All policies in a file, by workload; the name is empty where the file does not say. */
  static Map<String, String> extract(String file) {
    byte[] bytes = bytes(file);
    String text = new String(bytes, StandardCharsets.UTF_8);
    Map<String, String> policies = new LinkedHashMap<>();
    if (text.lines().anyMatch(l -> l.startsWith("package agent_policy"))) {
      policies.put("", text);
      return policies;
    }
    initdata(bytes)
        .ifPresentOrElse(p -> policies.put("", p), () -> policies.putAll(manifest(file, text)));
    return policies;
  }

  private static Map<String, String> manifest(String file, String text) {
    Map<String, String> policies = new LinkedHashMap<>();
    Bundle bundle = ManifestReader.read(List.of(new Source(file, text)));
    for (Workload workload : bundle.workloads()) {
      String annotation = workload.pod().annotations().get(PodPolicy.ANNOTATION);
      if (annotation != null) {
        initdata(annotation.getBytes(StandardCharsets.UTF_8))
            .ifPresent(p -> policies.put(workload.id(), p));
      }
    }
    return policies;
  }

  private static Optional<String> initdata(byte[] bytes) {
    try {
      return Optional.ofNullable(
          InitDataDocument.parse(InitDataEnvelope.open(bytes)).entries().get(ENTRY));
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  /** The policy that a manifest's only workload gets, made anew. */
  static String generate(String file, KataInputs inputs) throws IOException {
    Bundle bundle = inputs.read(List.of(file));
    if (bundle.workloads().size() != 1) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "There are " + bundle.workloads().size() + " workloads in " + file + ".",
          "Give a manifest with one.");
    }
    KataOptions options = inputs.options(data -> new byte[64]);
    Scope scope = new Scope(bundle.workloads().getFirst(), bundle, new Notes("pod"));
    Json.Obj data =
        new PodPolicy(
                scope,
                options.settings(),
                options.images(),
                options.sealedSecrets(scope.workload().namespace()),
                options.mode())
            .data();
    List<Finding> errors =
        scope.notes().all().stream().filter(f -> f.severity() == Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new CommandException(
          ExitCode.REFUSED,
          errors.getFirst().place() + ": " + errors.getFirst().message(),
          errors.getFirst().fix());
    }
    return PolicyText.write(data);
  }

  /** What a policy says of its pod. */
  static Json.Obj facts(String policy) {
    return Remedies.facts(policy)
        .filter(f -> f.get("sandbox_name").isPresent())
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.UNDECIDED,
                    "This policy does not say what its pod is: it is not one of ours.",
                    "Give a policy that 'cofferdam convert' made."));
  }

  /** Requests: an array, or one object a line as the agent logs them. */
  static List<Json> requests(String file) {
    byte[] bytes = bytes(file);
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    try {
      if (text.startsWith("[")) {
        return Json.parse(bytes).asArray("requests");
      }
      List<Json> requests = new ArrayList<>();
      for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
        requests.add(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
      }
      return requests;
    } catch (MalformedEvidenceException e) {
      try {
        return List.of(Json.parse(bytes));
      } catch (MalformedEvidenceException whole) {
        throw new CommandException(
            ExitCode.USAGE,
            "The requests in " + file + " cannot be read: " + whole.getMessage(),
            "Give an array of objects with 'kind' and 'request', or one such object a line.",
            whole);
      }
    }
  }
}
