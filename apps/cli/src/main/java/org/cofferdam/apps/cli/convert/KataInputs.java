// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.scan.ManifestFiles;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.kata.KataOptions;
import org.cofferdam.patterns.pod.kata.Tee;
import org.cofferdam.patterns.pod.policy.ImageFacts;
import org.cofferdam.patterns.pod.policy.ImageFactsFile;
import org.cofferdam.patterns.pod.policy.Mode;
import org.cofferdam.patterns.pod.policy.PolicySettings;
import org.cofferdam.workload.model.Bundle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the conversion for Kata and its policy are made from, as options. */
public final class KataInputs {
  private static final String DROP_INS = "genpolicy-settings.d";

  @Option(
      names = "--target",
      paramLabel = "T",
      description =
          "coco, peerpods or openshift (engines with Kata), or local (a guest on this machine).")
  private String target = "";

  @Option(
      names = "--tee",
      paramLabel = "TEE",
      description = "snp, tdx, se, gpu-snp, gpu-tdx, remote or development.")
  private String tee = "";

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "sealed",
      description = "debug, observe or sealed: how much operators may see. Default: sealed")
  private String mode = "sealed";

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description =
          "What the nodes add by themselves, in the form of genpolicy-settings.json; JSON Patches in "
              + DROP_INS
              + " beside it are applied. Further files given are patches.")
  private List<Path> settings = List.of();

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = "What images' configurations say, for use without a registry.")
  private List<Path> images = List.of();

  @Option(
      names = "--layout",
      paramLabel = "DIR",
      description = "OCI image layout in which images are looked up; may be given several times.")
  private List<Path> layouts = List.of();

  @Option(
      names = "--pull",
      paramLabel = "DIR",
      description =
          "Look images up in their registries (the only thing here that needs a network) and keep them in this layout.")
  private @Nullable Path pull;

  @Option(
      names = "--insecure-registry",
      paramLabel = "HOST",
      description = "A registry without TLS; may be given several times.")
  private List<String> insecure = List.of();

  @Option(
      names = "--config-file",
      paramLabel = "FILE",
      description = "Further ConfigMaps and Secrets; workloads in it are not converted.")
  private List<String> configFiles = List.of();

  @Option(
      names = "--kbs-url",
      paramLabel = "URL",
      description = "The broker that the guest asks for its secrets.")
  private String brokerUrl = "";

  @Option(
      names = "--max-delegated",
      paramLabel = "N",
      description = "Fail where more settings than this are left to the control plane.")
  private Integer maxDelegated = -1;

  /** Local where images lie in layouts and nothing says otherwise. */
  boolean local() {
    return target.equals("local")
        || (target.isEmpty()
            && settings.isEmpty()
            && images.isEmpty()
            && pull == null
            && !layouts.isEmpty());
  }

  List<Path> layouts() {
    return layouts;
  }

  /** The manifests, with ConfigMaps and Secrets of other files added. */
  public Bundle read(List<String> paths) {
    Bundle own = ManifestFiles.read(paths, System.in);
    if (configFiles.isEmpty()) {
      return own;
    }
    Bundle more = ManifestFiles.read(configFiles, System.in);
    return new Bundle(
        own.documents(),
        own.workloads(),
        Stream.concat(own.configMaps().stream(), more.configMaps().stream()).toList(),
        Stream.concat(own.secrets().stream(), more.secrets().stream()).toList(),
        own.services(),
        own.others(),
        Stream.concat(own.problems().stream(), more.problems().stream()).toList());
  }

  /** All of it together. */
  public KataOptions options(KataOptions.Signer signer) throws IOException {
    ImageFacts.Catalog catalog = reference -> Optional.empty();
    for (Path file : images) {
      catalog = catalog.or(ImageFactsFile.parse(Files.readAllBytes(file)));
    }
    LocalImages local = new LocalImages();
    for (Path layout : layouts) {
      local.add(layout);
    }
    ImageFacts.Catalog known = catalog.or(ImageFactsFile.of(local));
    if (pull != null) {
      Files.createDirectories(pull);
      known = known.or(ImageFactsFile.of(new RegistryImages(pull, Set.copyOf(insecure))));
    }
    return new KataOptions(
        word(KataOptions.Target.class, target.isEmpty() ? "coco" : target, "--target"),
        tee.isEmpty() ? Optional.empty() : Optional.of(word(Tee.class, tee, "--tee")),
        word(Mode.class, mode, "--mode"),
        policySettings(),
        asked(known),
        Optional.of(brokerUrl).filter(u -> !u.isEmpty()),
        maxDelegated < 0 ? Optional.empty() : Optional.of(maxDelegated),
        signer);
  }

  /** An image that cannot be fetched, or is not what its digest says, ends the command. */
  private static ImageFacts.Catalog asked(ImageFacts.Catalog catalog) {
    return reference -> {
      try {
        return catalog.find(reference);
      } catch (UncheckedIOException | MalformedEvidenceException e) {
        throw new CommandException(
            ExitCode.UNDECIDED,
            "The image " + reference + " cannot be read: " + e.getMessage(),
            "Check its name and the registry, or give its facts with --images.",
            e);
      }
    };
  }

  private PolicySettings policySettings() throws IOException {
    if (settings.isEmpty()) {
      return PolicySettings.builtIn();
    }
    Path file = settings.getFirst();
    if (Files.isDirectory(file)) {
      file = file.resolve("genpolicy-settings.json");
    }
    List<Json> patches = new ArrayList<>();
    Path folder = file.resolveSibling(DROP_INS);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> children = Files.list(folder)) {
        for (Path child : children.filter(c -> c.toString().endsWith(".json")).sorted().toList()) {
          patches.add(Json.parse(Files.readAllBytes(child)));
        }
      }
    }
    for (Path patch : settings.subList(1, settings.size())) {
      patches.add(Json.parse(Files.readAllBytes(patch)));
    }
    try {
      return PolicySettings.of(Json.parse(Files.readAllBytes(file)), patches);
    } catch (MalformedEvidenceException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "The settings " + file + " cannot be used: " + e.getMessage(),
          "Give the form of genpolicy-settings.json, and patches that fit it.",
          e);
    }
  }

  private static <E extends Enum<E>> E word(Class<E> type, String word, String option) {
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
        return value;
      }
    }
    throw CommandException.usage(
        option + " has no value '" + word + "'.", "See 'cofferdam convert --help'.");
  }
}
