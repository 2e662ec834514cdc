// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Progress;
import org.cofferdam.services.launch.Tool;
import org.cofferdam.services.launch.Trees;
import org.cofferdam.services.launch.disk.VerityTree;

/**
 * Builds guests and keeps them by the digest of their inputs. Equal inputs give equal bytes, so the
 * cache only saves time.
 */
public final class GuestImages {
  /** Part of the digest: another way to build is another input. */
  private static final String BUILDER = "4";

  private static final Path FIRMWARE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
  private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
  private static final String FILE_SYSTEM_ID = "c0ffe12d-a300-4000-8000-000000000001";

  /** Without the timer check a busy host can make an emulated kernel stop at its start. */
  private static final String COMMAND_LINE = "console=ttyS0 quiet panic=-1 no_timer_check";

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Home home;

  public GuestImages(Home home) {
    this.home = home;
  }

  /** The guest of this recipe, from the cache or new. */
  public GuestFiles get(GuestRecipe recipe, Progress progress)
      throws IOException, InterruptedException, LaunchException {
    long start = System.nanoTime();
    GuestPackages packages = GuestPackages.fetch(home.cache().resolve("packages"));
    Path folder = home.cache().resolve("guest").resolve(digest(recipe, packages));
    if (!Files.exists(folder)) {
      Files.createDirectories(folder.getParent());
      Path fresh = Files.createTempDirectory(folder.getParent(), "build");
      try {
        build(recipe, packages, fresh);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Trees.delete(fresh);
      }
      progress.step("build guest", Duration.ofNanos(System.nanoTime() - start));
    }
    return new GuestFiles(folder);
  }

  /** A run's own copy, which the run may change. */
  public static GuestFiles copy(GuestFiles from, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(from.folder())) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            folder.resolve(file.getFileName().toString()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return new GuestFiles(folder);
  }

  private void build(GuestRecipe recipe, GuestPackages packages, Path target)
      throws IOException, InterruptedException, LaunchException {
    Path work = Files.createTempDirectory(target.getParent(), "work");
    try {
      GuestFiles files = new GuestFiles(target);
      Path unpacked = work.resolve("packages");
      packages.unpack(unpacked);
      Files.copy(GuestPackages.kernel(unpacked), files.kernel());
      Files.write(files.initrd(), GuestInitrd.build(unpacked, Resources.text("initrd-init.sh")));
      Path root = work.resolve("root");
      GuestRoot.lay(unpacked, root, Resources.text("root-init.sh"));
      GuestJava.link(recipe.javaModules(), root);
      GuestJava.install(recipe, root);
      GuestRoot.normalize(root);
      Tool.run(
          work,
          LIMIT,
          List.of(
              "mkfs.erofs",
              "--quiet",
              "-T0",
              "-U" + FILE_SYSTEM_ID,
              "--all-root",
              "-x-1",
              files.root().toString(),
              root.toString()));
      VerityTree tree = VerityTree.write(files.root(), files.verity());
      Files.writeString(
          files.commandLine(),
          COMMAND_LINE
              + " cofferdam.root="
              + Hex.encode(tree.rootHash())
              + " cofferdam.blocks="
              + tree.dataBlocks()
              + "\n");
      Files.copy(FIRMWARE, files.firmwareCode());
      Files.copy(VARIABLES, files.firmwareVariables());
    } finally {
      Trees.delete(work);
    }
  }

  private static String digest(GuestRecipe recipe, GuestPackages packages) throws IOException {
    MessageDigest digest = Digests.start("SHA-256");
    List<String> words = new ArrayList<>(List.of(BUILDER, COMMAND_LINE, recipe.mainClass()));
    words.addAll(recipe.javaModules());
    words.addAll(recipe.classes());
    words.add(Resources.text("initrd-init.sh"));
    words.add(Resources.text("root-init.sh"));
    List<Path> files = new ArrayList<>(packages.files());
    files.addAll(recipe.agentJars());
    files.add(Path.of(System.getProperty("java.home"), "release"));
    files.add(FIRMWARE);
    files.add(VARIABLES);
    for (Path file : files) {
      words.add(file.getFileName().toString());
      words.add(Hex.encode(Digests.sha256(Files.readAllBytes(file))));
    }
    for (String word : words) {
      digest.update((word.length() + ":" + word).getBytes(StandardCharsets.UTF_8));
    }
    return Hex.encode(digest.digest());
  }
}
