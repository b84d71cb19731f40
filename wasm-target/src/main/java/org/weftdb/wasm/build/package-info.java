/**
 * What TeaVM runs while it compiles the module, and no part of the module itself.
 *
 * <p>This package knows TeaVM's compiler; nothing of WeftDB may use it.
 */
@NullMarked
package org.weftdb.wasm.build;

import org.jspecify.annotations.NullMarked;
