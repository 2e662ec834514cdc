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
 * @param rehearsal arguments with which the agent only loads its classes and ends, so that they can
 *     be archived; empty for no archive
 */
public record GuestRecipe(
    List<Path> agentJars, String mainClass, List<String> javaModules, List<String> rehearsal) {
  public GuestRecipe {
    agentJars = List.copyOf(agentJars);
    javaModules = List.copyOf(javaModules);
    rehearsal = List.copyOf(rehearsal);
  }
}
