// Imports a module.
vendor.chunk = vendor.start;
import(vendor.address("chunk.js"));
