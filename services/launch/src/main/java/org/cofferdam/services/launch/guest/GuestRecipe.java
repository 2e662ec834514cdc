// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.guest;

import java.nio.file.Path;
import java.util.List;

/**
 * What a guest is made of besides Debian packages.
 *
 * @param agentJars jars of the agent, the one with the main class among them
 * @param mainClass the agent's entry point
 * @param javaModules modules that the agent needs, for {@code jlink}
 * @param classes to archive, as a class list of {@code java -Xshare:dump}; empty for no archive
 */
public record GuestRecipe(
    List<Path> agentJars, String mainClass, List<String> javaModules, List<String> classes) {
  public GuestRecipe {
    agentJars = List.copyOf(agentJars);
    javaModules = List.copyOf(javaModules);
    classes = List.copyOf(classes);
  }

  /** The guest agent's. */
  public static GuestRecipe agent(List<Path> jars) {
    return new GuestRecipe(
        jars,
        "org.cofferdam.apps.agent.Main",
        List.of("java.base"),
        Resources.text("agent.classes").lines().toList());
  }
}
