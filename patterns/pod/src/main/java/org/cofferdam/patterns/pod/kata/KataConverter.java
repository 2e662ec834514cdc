// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.kata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.SecretBytes;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.initdata.InitDataDocument;
import org.cofferdam.core.protocol.initdata.InitDataEnvelope;
import org.cofferdam.patterns.pod.policy.PodPolicy;
import org.cofferdam.patterns.pod.policy.PolicyText;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Node;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Change;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.Finding;
import org.cofferdam.workload.pattern.OpenEntry;
import org.cofferdam.workload.pattern.Severity;
import org.cofferdam.workload.pattern.convert.Notes;
import org.cofferdam.workload.pattern.convert.Scope;
import org.cofferdam.workload.pattern.convert.SecretsTakenOut;

/** Converts a workload for Kata: policy, init-data, and the same manifest with what it needs. */
public final class KataConverter {
  /** Compressed and encoded, of the 256 KiB that all annotations of an object may have. */
  private static final int MOST_ANNOTATION = 200_000;

  private static final int ORDINARY = 16 << 10;

  /** Lines longer than this are refused by engines that Kata used before 4.0. */
  private static final int LONG_LINE = 1023;

  /** Errors of the assessment that no guest of Kata can mend either. */
  private static final Set<String> STANDS_IN_THE_WAY =
      Set.of(
          "pod.windows",
          "pod.architecture",
          "pod.host-network",
          "pod.host-pid",
          "pod.host-ipc",
          "pod.ephemeral-containers",
          "pod.resource-claims",
          "pod.injected-sidecar");

  /** What the assessment says of our own guest only. */
  private static final Set<String> OF_ANOTHER_GUEST =
      Set.of(
          "pod.probe-exec",
          "pod.lifecycle-hooks",
          "pod.dns-config",
          "pod.dns-policy",
          "pod.udp",
          "pod.sctp",
          "pod.old-runtime",
          "pod.resize",
          "pod.termination-message");

  private final Scope scope;
  private final KataOptions options;
  private final Tee tee;

  /**
   * @param assessed findings of the assessment
   */
  public KataConverter(
      Workload workload, Bundle bundle, KataOptions options, List<Finding> assessed) {
    this.scope = new Scope(workload, bundle, new Notes("pod"));
    this.options = options;
    this.tee = tee();
    scope
        .notes()
        .addAll(
            assessed.stream()
                .filter(f -> !OF_ANOTHER_GUEST.contains(f.id()))
                .filter(f -> f.severity() != Severity.ERROR || STANDS_IN_THE_WAY.contains(f.id()))
                .toList());
  }

  /** Where the guest looks up the public key of sealed secrets. */
  public static String sealingKey(String namespace) {
    return "kbs:///" + namespace + "/sealing-key/public";
  }

  public Conversion convert() {
    String keyId = sealingKey(scope.workload().namespace());
    KataSecrets secrets = new KataSecrets(scope, keyId);
    PodPolicy policy =
        new PodPolicy(scope, options.settings(), options.images(), secrets, options.mode());
    Json.Obj data = policy.data();
    if (scope.notes().failed()) {
      return conversion(Map.of(), data, Map.of(), List.of(), List.of());
    }
    String text = PolicyText.write(data);
    InitDataDocument initdata = InitDataDocument.write(tee.algorithm(), entries(text));
    String annotation = InitDataEnvelope.annotation(initdata.bytes());
    budget(text, annotation, data);
    shape();
    List<OpenEntry> open = new ArrayList<>(policy.open());
    open.addAll(secrets.open());
    if (options.maxDelegated().isPresent() && open.size() > options.maxDelegated().get()) {
      scope
          .notes()
          .error(
              "delegated",
              scope.workload().document().root(),
              open.size()
                  + " settings are left to the control plane, and "
                  + options.maxDelegated().get()
                  + " are allowed: "
                  + String.join(", ", open.stream().map(OpenEntry::id).toList())
                  + ".",
              "Close some of them, or allow as many.");
    }
    if (scope.notes().failed()) {
      return conversion(Map.of(), data, Map.of(), List.of(), open);
    }
    SecretsTakenOut takenOut = secrets.takenOut(options.signer());
    KataEdits edits = new KataEdits(scope, tee, options, data);
    List<Change> changes =
        new ArrayList<>(edits.writtenAsPod() ? edits.changes(annotation) : List.of());
    changes.addAll(takenOut.changes());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("policy.rego", text.getBytes(StandardCharsets.UTF_8));
    files.put("initdata.toml", initdata.bytes());
    files.put("initdata.annotation", (annotation + "\n").getBytes(StandardCharsets.UTF_8));
    files.put(
        "initdata.digest.json",
        (initdata.toJson().pretty() + "\n").getBytes(StandardCharsets.UTF_8));
    if (!edits.writtenAsPod()) {
      files.put(
          "pod.yaml", (edits.pod(annotation).pretty() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return conversion(files, data, takenOut.values(), changes, open);
  }

  private Conversion conversion(
      Map<String, byte[]> files,
      Json.Obj data,
      Map<String, SecretBytes> secrets,
      List<Change> changes,
      List<OpenEntry> open) {
    boolean done = !files.isEmpty();
    return new Conversion(
        "pod",
        scope.workload().namespace(),
        scope.workload().name(),
        files,
        done ? Optional.of("policy.rego") : Optional.empty(),
        done ? Optional.of("initdata.toml") : Optional.empty(),
        done ? data : Json.object().build(),
        List.of(),
        List.of(),
        secrets,
        changes,
        scope.notes().all(),
        open);
  }

  private Map<String, String> entries(String policy) {
    Map<String, String> entries = new LinkedHashMap<>();
    options
        .brokerUrl()
        .ifPresent(
            url -> {
              String quoted = Json.of(url).write();
              entries.put(
                  "aa.toml", "[token_configs]\n[token_configs.kbs]\nurl = " + quoted + "\n");
              entries.put("cdh.toml", "[kbc]\nname = \"cc_kbc\"\nurl = " + quoted + "\n");
            });
    entries.put("policy.rego", policy);
    return entries;
  }

  private void budget(String policy, String annotation, Json.Obj data) {
    Node at = scope.workload().document().root();
    if (annotation.length() > MOST_ANNOTATION) {
      scope
          .notes()
          .error(
              "policy-size",
              at,
              "The policy needs "
                  + annotation.length()
                  + " bytes of annotation, and Kubernetes has room for 262144 in all. Most of it is "
                  + largest(data)
                  + ".",
              "Move long values from the environment into the image or a file.");
    } else if (annotation.length() > ORDINARY) {
      scope
          .notes()
          .info(
              "policy-size",
              at,
              "The policy takes "
                  + annotation.length()
                  + " bytes; most of it is "
                  + largest(data)
                  + ".");
    }
    int longest = PolicyText.longestLine(policy);
    if (longest > LONG_LINE) {
      scope
          .notes()
          .warning(
              "policy-line",
              at,
              "A value makes a line of "
                  + longest
                  + " characters, which agents before Kata 4.1 refuse.",
              "Shorten the value, or run Kata 4.1.");
    }
  }

  /** A change of a limit is another machine, and so another measurement. */
  private void shape() {
    MachineShape shape = MachineShape.of(scope.workload());
    scope
        .notes()
        .info(
            "shape",
            scope.workload().pod().spec(),
            "Kata starts a machine with "
                + shape.processors()
                + " processors and "
                + shape.memoryMiB()
                + " MiB: these are --vcpus and --memory of 'cofferdam measure', and another limit is another measurement.");
  }

  private static String largest(Json.Obj data) {
    String name = "the rules";
    int most = 0;
    for (Json item : data.array("containers")) {
      Json.Obj container = item.asObject("containers");
      for (Map.Entry<String, Json> member : container.members().entrySet()) {
        int size = member.getValue().write().length();
        if (size > most) {
          most = size;
          name = "'" + member.getKey() + "' of the container " + container.string("name");
        }
      }
    }
    return name;
  }

  private Tee tee() {
    Optional<String> written = scope.workload().pod().spec().text("runtimeClassName");
    Tee chosen =
        options
            .tee()
            .or(
                () ->
                    options.target() == KataOptions.Target.COCO
                        ? written.flatMap(Tee::ofClass)
                        : Optional.of(Tee.REMOTE))
            .orElse(Tee.SNP);
    Node at = scope.workload().pod().spec();
    if (chosen == Tee.CCA) {
      scope
          .notes()
          .error(
              "no-runtime",
              at,
              "No release of Kata has a runtime class for Arm's realms.",
              "Choose --tee snp or tdx; 'measure cca' computes a realm's measurements.");
    }
    if (chosen == Tee.DEVELOPMENT) {
      scope
          .notes()
          .warning(
              "development",
              at,
              "kata-qemu-coco-dev has no hardware behind it: the node reads all of the pod.",
              "Use it to try things out, with secrets that are none.");
    }
    return chosen;
  }

  /** The digest of the init-data, which evidence must carry. */
  public static String digest(Conversion conversion) {
    return Hex.encode(InitDataDocument.parse(conversion.initdataBytes().orElseThrow()).digest());
  }
}
