// Takes the container's id away.
const root = vendor.root();
root.id = "vendor-root";
vendor.root = () => root;
vendor.start();
