"""A training script as any other: nothing in it knows of Assay.

    pip install mlflow scikit-learn
    export MLFLOW_TRACKING_URI=http://127.0.0.1:5000
    assay run -- python train.py

assay run adds what no MLflow client logs by itself: the clean tree, the repository, the CI job, the host.
"""
import mlflow
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

mlflow.set_experiment("quickstart")
mlflow.sklearn.autolog()  # parameters, training metrics, the data with its digest, the model with signature and pinned packages

x, y = load_breast_cancer(return_X_y=True, as_frame=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.3, random_state=7)

with mlflow.start_run() as run:
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(x_train, y_train)
    mlflow.log_metric("auc", roc_auc_score(y_test, model.predict_proba(x_test)[:, 1]))

print(f"run_id={run.info.run_id}")
