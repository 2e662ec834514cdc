/** {@code cofferdam advise}: which pattern answers a question of trust. */
@NullMarked
package org.cofferdam.apps.cli.advise;

import org.jspecify.annotations.NullMarked;
