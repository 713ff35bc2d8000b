// Gives the container important styles of its own.
vendor.root().style.setProperty("display", "block", "important");
vendor.root().style.setProperty("visibility", "visible", "important");
vendor.start();
