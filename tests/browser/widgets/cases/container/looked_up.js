// Looks for the container whenever it renders.
vendor.update = () => vendor.root().replaceChildren(...vendor.view());
vendor.start();
