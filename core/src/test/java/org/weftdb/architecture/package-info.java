/**
 * Rules that the compiled classes of the core keep: which package may know which, and which members
 * of the JDK are not for code that also runs in WebAssembly. They know nothing about behaviour.
 */
@NullMarked
package org.weftdb.architecture;

import org.jspecify.annotations.NullMarked;
