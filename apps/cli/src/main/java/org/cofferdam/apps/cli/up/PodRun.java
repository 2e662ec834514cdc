// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

package org.cofferdam.apps.cli.up;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.PodPattern;
import org.cofferdam.services.launch.Home;
import org.cofferdam.services.launch.LaunchException;
import org.cofferdam.services.launch.Progress;
import org.cofferdam.services.launch.guest.GuestFiles;
import org.cofferdam.services.launch.guest.GuestImages;
import org.cofferdam.services.launch.guest.GuestRecipe;
import org.cofferdam.services.launch.guest.MachineShape;
import org.cofferdam.services.launch.machine.Acceleration;
import org.cofferdam.services.launch.machine.AccelerationProbe;
import org.cofferdam.services.launch.run.GuestStatus;
import org.cofferdam.services.launch.run.LaunchOptions;
import org.cofferdam.services.launch.run.QemuDriver;
import org.cofferdam.services.launch.run.RunningGuest;
import org.cofferdam.services.launch.run.TpmAuthority;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.images.build.AptPackages;
import org.cofferdam.workload.images.build.ImageBuilder;
import org.cofferdam.workload.images.build.ImageDefinition;
import org.cofferdam.workload.images.layout.OciLayout;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.ConversionSettings;
import org.cofferdam.workload.pattern.Fit;
import org.cofferdam.workload.pattern.LaunchPlan;

/** {@code up --pattern pod}: the whole road, with a virtual machine at its end. */
final class PodRun {
  private static final String GRADE =
      "development: measured boot, quote, comparison and release are real; the TPM is software and no hardware"
          + " encrypts the guest's memory, so nothing here is protected from the owner of this machine";
  private static final List<String> AGENT_MODULES = List.of("java.base", "jdk.crypto.ec");
  private static final Duration ATTEST_LIMIT = Duration.ofSeconds(180);
  private static final Duration TURN = Duration.ofMillis(200);

  private final UpRequest request;
  private final Timeline timeline;
  private final Home home;
  private final PodPattern pattern = new PodPattern();

  PodRun(UpRequest request, Timeline timeline) throws IOException {
    this.request = request;
    this.timeline = timeline;
    this.home = request.installation().home();
  }

  static Path serverFolder(Home home) {
    return home.root().resolve("server");
  }
}
