/** {@code cofferdam initdata}: build, inspect and hash init-data. */
@NullMarked
package org.cofferdam.apps.cli.initdata;

import org.jspecify.annotations.NullMarked;
